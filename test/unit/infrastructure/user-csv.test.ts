import { CsvProblems, usersFromCsv } from '../../../src/infrastructure/cli/user-csv.js';

const HASH = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$c29tZWhhc2hzb21laGFzaHNvbWVoYXNoc29tZWhhc2g';
const problemsOf = (text: string): readonly string[] => {
  try {
    usersFromCsv(text);
  } catch (error) {
    if (error instanceof CsvProblems) return error.problems;
    throw error;
  }
  return [];
};
const csv = (...lines: string[]): string => ['login,name,email,password,hash', ...lines].join('\n');

describe('people from CSV', () => {
  it('are read with a password or a hash', () => {
    expect(
      usersFromCsv(csv('ada,Ada Lovelace,ada@example.org,correct horse,', `bob,Bob,bob@example.org,,"${HASH}"`)),
    ).toEqual([
      { login: 'ada', displayName: 'Ada Lovelace', email: 'ada@example.org', password: 'correct horse' },
      { login: 'bob', displayName: 'Bob', email: 'bob@example.org', passwordHash: HASH },
    ]);
  });

  it('may have quotes, commas, line ends of Windows, a byte order mark, empty lines and columns in any order', () => {
    const text =
      '\ufeffpassword,email,name,login\r\n\r\n"pass,""word""",a@example.org,"Lovelace, ""Ada""", ada \r\n\r\n';
    expect(usersFromCsv(text)).toEqual([
      { login: 'ada', displayName: 'Lovelace, "Ada"', email: 'a@example.org', password: 'pass,"word"' },
    ]);
  });

  it('are refused all together, every problem with its line', () => {
    const problems = problemsOf(
      csv(
        'ada,Ada,ada@example.org,long enough,',
        ',Nobody,nobody@example.org,long enough,',
        'bob,Bob,no address,short,',
        'cid,Cid,cid@example.org,,$2b$10$abc',
      ),
    );
    expect(problems.some((problem) => problem.startsWith('line 2:'))).toBe(false);
    expect(problems).toEqual([
      expect.stringMatching(/^line 3: login /),
      expect.stringMatching(/^line 4: email /),
      expect.stringMatching(/^line 4: password has fewer than 8 characters/),
      expect.stringMatching(/^line 5: hash is not argon2id/),
    ]);
  });

  it('are refused with both or none of password and hash', () => {
    const problems = problemsOf(csv('ada,Ada,ada@example.org,,', `bob,Bob,bob@example.org,long enough,"${HASH}"`));
    expect(problems).toEqual([
      'line 2: needs a password or a hash, not both',
      'line 3: needs a password or a hash, not both',
    ]);
  });

  it('are refused with a login that stands there twice, in whatever case', () => {
    const line = (login: string) => `${login},Ada,ada@example.org,long enough,`;
    expect(problemsOf(csv(line('ada'), line('bob'), line('ADA')))).toEqual([
      'line 4: login ADA stands in line 2 already',
    ]);
  });

  it('are refused with a login that is the same only after normalisation', () => {
    const line = (login: string) => `${login},Ada,ada@example.org,long enough,`;
    expect(problemsOf(csv(line('zoë'), line('zoe\u0308')))).toHaveLength(1);
  });

  it('keep the line numbers right after a field of many lines', () => {
    expect(problemsOf(csv('ada,"Ada\nLovelace",ada@example.org,long enough,', 'bob,Bob,wrong,long enough,'))).toEqual([
      expect.stringMatching(/^line 4: email/),
    ]);
  });

  it.each([
    ['', /no line below the header/],
    ['login,name,email,password', /no line below the header/],
    ['login,mail,password\nada,x,y', /lacks name, email/],
    ['login,name,email,password\nada,Ada,ada@example.org', /line 2|columns/i],
    ['login,name,email,password\n"ada,Ada', /quote/i],
  ])('are refused as a whole: %j', (text, problem) => {
    expect(problemsOf(text).join('\n')).toMatch(problem);
  });

  it.each([
    HASH.replace('argon2id', 'argon2i'),
    HASH.replace('m=19456', 'm=19455'),
    HASH.replace('t=2', 't=1'),
    HASH.replace('v=19', 'v=16'),
    `${HASH}\u00e4`,
    'plain text',
  ])('SEC-1 are refused with a hash that is too weak or none: %s', (hash) => {
    expect(problemsOf(csv(`ada,Ada,ada@example.org,,"${hash}"`))).toHaveLength(1);
  });

  it('are taken by the thousand', () => {
    const lines = Array.from({ length: 5_000 }, (_, n) => `user${n},User ${n},user${n}@example.org,password ${n},`);
    const users = usersFromCsv(csv(...lines));
    expect(users).toHaveLength(5_000);
    expect(users.at(-1)?.login).toBe('user4999');
  });
});
