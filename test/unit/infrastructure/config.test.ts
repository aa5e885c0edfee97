import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DAY_MS } from '../../../src/application/ports/event-retention.js';
import { DEFAULT_LIMITS, LIMITS } from '../../../src/application/protocol/index.js';
import { ConfigError, loadConfig, readEnvironment, settingsTable } from '../../../src/infrastructure/config/config.js';
import { tempFolder } from '../../support/temp-folder.js';

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('the configuration', () => {
  it('needs nothing: every setting has a standard', () => {
    expect(loadConfig({})).toEqual({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: null,
      dataDir: resolve('data'),
      eventStoreUrl: null,
      mongodbUrl: null,
      demo: true,
      production: false,
      logLevel: 'info',
      trustProxy: false,
      limits: DEFAULT_LIMITS,
      retention: { presence: 30 * DAY_MS },
    });
  });

  it('ADR 0006 takes the days that presence is kept, one at least', () => {
    expect(loadConfig({ PARLEY_PRESENCE_DAYS: '90' }).retention).toEqual({ presence: 90 * DAY_MS });
    expect(loadConfig({ PARLEY_PRESENCE_DAYS: '1' }).retention).toEqual({ presence: DAY_MS });
    for (const days of ['0', '-1', '1.5', '36501', 'ever', ''])
      expect(problemsOf({ PARLEY_PRESENCE_DAYS: days })).toEqual([
        expect.stringMatching(/^PARLEY_PRESENCE_DAYS=.*: allowed is days from 1 to 36500/),
      ]);
  });

  it('names every problem at once, each with variable, value and what is allowed', () => {
    const problems = problemsOf({
      PARLEY_PORT: '65536',
      PARLEY_LOG_LEVEL: 'loud',
      PARLEY_DEMO: 'yes',
      PARLEY_PUBLIC_URL: 'ftp://chat.example.org',
      PARLEY_LIMIT_PAGE_SIZE: '0',
      PARLEY_MONGODB_URL: 'postgres://someone:secret@db',
      PARLEY_PROT: '8080',
    });
    expect(problems).toHaveLength(7);
    const text = problems.join('\n');
    for (const part of [
      'PARLEY_PORT=65536: allowed is a port from 0 (any free one) to 65535',
      'PARLEY_LOG_LEVEL=loud: allowed is fatal, error,',
      'PARLEY_DEMO=yes: allowed is true or false',
      'PARLEY_PUBLIC_URL=ftp://chat.example.org: allowed is an http',
      'PARLEY_LIMIT_PAGE_SIZE=0: allowed is a whole number from 1',
      'PARLEY_MONGODB_URL=…: allowed is a connection string of MongoDB',
      'PARLEY_PROT: there is no such setting',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('secret');
  });

  it.each(['esdb://db:2113?tls=false', 'esdb+discover://admin:x@cluster.example.org?tls=true'])('takes %s', (url) => {
    expect(loadConfig({ PARLEY_EVENTSTORE_URL: url }).eventStoreUrl).toBe(url);
  });

  it.each(['http://db:2113', 'esdb://', 'db'])('refuses %j as a log', (url) => {
    expect(problemsOf({ PARLEY_EVENTSTORE_URL: url })).toHaveLength(1);
  });

  it('refuses unknown PARLEY_ variables, but not those of tests and of other programs', () => {
    expect(problemsOf({ PARLEY_DATADIR: '/x' })).toHaveLength(1);
    expect(problemsOf({ PARLEY_TEST_SEED: '1', PATH: '/bin', XPARLEY_X: '1' })).toEqual([]);
  });

  it.each(['-1', '65536', '80.5', 'http', '0x50', '1e3', ' '])('refuses %j as a port', (port) => {
    expect(problemsOf({ PARLEY_PORT: port })).toHaveLength(1);
  });

  it.each(['0', '1', '65535'])('takes %j as a port', (port) => {
    expect(loadConfig({ PARLEY_PORT: port }).port).toBe(Number(port));
  });

  it('takes a public URL without its slash, and none with a path', () => {
    expect(loadConfig({ PARLEY_PUBLIC_URL: 'https://chat.example.org/' }).publicUrl).toBe('https://chat.example.org');
    expect(loadConfig({ PARLEY_PUBLIC_URL: 'http://localhost:8080' }).publicUrl).toBe('http://localhost:8080');
    for (const url of ['https://example.org/chat', 'chat.example.org', 'javascript:alert(1)', 'https://example.org/?q'])
      expect(problemsOf({ PARLEY_PUBLIC_URL: url })).toHaveLength(1);
  });

  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
    ['', false],
  ])('takes %j as a switch', (text, on) => {
    expect(loadConfig({ PARLEY_DEMO: text, PARLEY_TRUST_PROXY: text })).toMatchObject({ demo: on, trustProxy: on });
  });

  it('has no demo in production, whatever is asked for', () => {
    expect(loadConfig({ NODE_ENV: 'production', PARLEY_DEMO: 'true' })).toMatchObject({
      demo: false,
      production: true,
    });
  });

  it.each(Object.entries(LIMITS))('SEC-18 sets the limit %s by its variable', (name, { variable }) => {
    const { limits } = loadConfig({ [variable]: '7' });
    expect(limits).toEqual({ ...DEFAULT_LIMITS, [name]: 7 });
    for (const wrong of ['', '0', '-1', '1.5', '1e3', 'many', '10000000000'])
      expect(problemsOf({ [variable]: wrong })).toEqual([
        expect.stringContaining(`${variable}=${wrong}: allowed is a whole number from 1 to 9999999999`) as string,
      ]);
  });

  it('has a row in the table for every setting', () => {
    for (const { name, standard } of settingsTable()) expect(problemsOf({ [name]: standard })).toEqual([]);
  });
});

describe('the .env file', () => {
  it('counts less than the environment, and more than the standard', () => {
    const folder = tempFolder();
    try {
      writeFileSync(folder.file('.env'), '# ours\nPARLEY_PORT=1001\nPARLEY_HOST="::1"\nPARLEY_TYPO=1\n');
      const environment = readEnvironment(folder.path, { PARLEY_PORT: '1002' });
      expect(environment).toMatchObject({ PARLEY_PORT: '1002', PARLEY_HOST: '::1' });
      expect(problemsOf(environment as Record<string, string>)).toEqual([
        expect.stringContaining('PARLEY_TYPO') as string,
      ]);
    } finally {
      folder.remove();
    }
  });

  it('need not be there', () => {
    const folder = tempFolder();
    try {
      expect(readEnvironment(folder.path, { PARLEY_PORT: '1' })).toEqual({ PARLEY_PORT: '1' });
    } finally {
      folder.remove();
    }
  });
});
