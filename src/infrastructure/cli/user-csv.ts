import { parse } from 'csv-parse/sync';
import { isAcceptableHash } from '../../application/commands/register-accounts/acceptable-hash.js';
import { normaliseLogin } from '../../application/commands/register-accounts/normalise-login.js';
import { newUserSchema, type NewUser } from './operations.js';

const REQUIRED = ['login', 'name', 'email'] as const;

/** A CSV of people that cannot be imported: every problem with its line. */
export class CsvProblems extends Error {
  override readonly name = 'CsvProblems';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/**
 * People from a CSV text (RFC 4180, UTF-8, a header line): `login`, `name`, `email`, and `password` or `hash` (PHC string of argon2id). Nothing is
 * answered unless every line is right.
 */
export const usersFromCsv = (text: string): readonly NewUser[] => {
  let rows: { info: { lines: number }; record: Record<string, string> }[];
  try {
    rows = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true, info: true });
  } catch (error) {
    throw new CsvProblems([error instanceof Error ? error.message : String(error)]);
  }
  const missing = REQUIRED.filter((column) => rows[0] && !(column in rows[0].record));
  if (rows.length === 0)
    throw new CsvProblems(['there is no line below the header login,name,email,password (or hash)']);
  if (missing.length > 0)
    throw new CsvProblems([`the header lacks ${missing.join(', ')}; needed: login,name,email and password or hash`]);
  const problems: string[] = [];
  const logins = new Map<string, number>();
  const users = rows.map(({ info, record }) => {
    const { login, name, email, password, hash } = record;
    const parsed = newUserSchema.safeParse({
      login,
      displayName: name,
      email,
      ...(password ? { password } : {}),
      ...(hash ? { passwordHash: hash } : {}),
    });
    const say = (problem: string) => problems.push(`line ${info.lines}: ${problem}`);
    if (!parsed.success)
      for (const issue of parsed.error.issues) say(`${issue.path.join('.')} ${issue.message}`.trim());
    if (hash && !isAcceptableHash(hash))
      say('hash is not argon2id of at least m=19456,t=2 in PHC form ($argon2id$v=19$…)');
    const key = normaliseLogin(login ?? '');
    const before = logins.get(key);
    if (before !== undefined) say(`login ${login ?? ''} stands in line ${before} already`);
    logins.set(key, info.lines);
    return parsed.data as NewUser;
  });
  if (problems.length > 0) throw new CsvProblems(problems);
  return users;
};
