import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { DAY_MS, RETENTION_MS, type Retention } from '../../application/ports/event-retention.js';
import { DEFAULT_LIMITS, LIMITS, type LimitName, type Limits } from '../../application/protocol/index.js';

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number <= 65_535);
/** A century at most, so that no date before the first one is asked for. */
const days = z
  .string()
  .regex(/^[1-9]\d{0,4}$/)
  .transform(Number)
  .refine((number) => number <= 36_500);
/** Only an origin: everything is served from its root. */
const origin = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && ['/', ''].includes(text.slice(new URL(text).origin.length)));
const flag = z.enum(['true', 'false', '1', '0', '']).transform((text) => text === 'true' || text === '1');

/** One row for each setting: how it is checked, and what is allowed in words. */
const SETTINGS = {
  PARLEY_HOST: { schema: z.string().min(1), standard: '127.0.0.1', allowed: 'an address or name to listen on' },
  PARLEY_PORT: { schema: port, standard: '8080', allowed: 'a port from 0 (any free one) to 65535' },
  PARLEY_PUBLIC_URL: {
    schema: z.union([z.literal(''), origin]),
    standard: '',
    allowed: 'an http or https URL without a path, as browsers reach this server',
  },
  PARLEY_DATA_DIR: { schema: z.string().min(1), standard: './data', allowed: 'a folder' },
  PARLEY_DEMO: { schema: flag, standard: 'true', allowed: 'true or false' },
  PARLEY_LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    standard: 'info',
    allowed: 'fatal, error, warn, info, debug, trace or silent',
  },
  PARLEY_TRUST_PROXY: {
    schema: flag,
    standard: 'false',
    allowed: 'true (a proxy sets X-Forwarded-For) or false',
  },
  PARLEY_EVENTSTORE_URL: {
    schema: z.string().regex(/^(|esdb(\+discover)?:\/\/[^\s/]+.*)$/),
    standard: '',
    allowed: 'a connection string of EventStoreDB (esdb://…); left out: the embedded log',
    secret: true,
  },
  PARLEY_MONGODB_URL: {
    schema: z.string().regex(/^(|mongodb(\+srv)?:\/\/[^\s/]+.*)$/),
    standard: '',
    allowed: 'a connection string of MongoDB (mongodb://…); left out: embedded read models',
    secret: true,
  },
  PARLEY_PRESENCE_DAYS: {
    schema: days,
    standard: String((RETENTION_MS.presence ?? 0) / DAY_MS),
    allowed: 'days from 1 to 36500: how long it is kept who was there and showed which status',
  },
  PARLEY_SMTP_URL: { schema: z.literal(''), standard: '', allowed: 'nothing yet: this version sends no mail' },
} as const;

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Without a trailing slash; `null`: the address that the browser names counts. */
  readonly publicUrl: string | null;
  readonly dataDir: string;
  /** Connection strings, with whatever secrets they hold; `null`: embedded. */
  readonly eventStoreUrl: string | null;
  readonly mongodbUrl: string | null;
  readonly demo: boolean;
  readonly production: boolean;
  readonly logLevel: string;
  readonly trustProxy: boolean;
  readonly limits: Limits;
  readonly retention: Retention;
}

/** Configuration that cannot be used; every problem at once, each with its variable, its value and what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment over the `.env` file of the folder, if there is one. */
export const readEnvironment = (folder: string, environment: Environment): Environment => {
  const file = resolve(folder, '.env');
  return existsSync(file) ? { ...parseEnv(readFileSync(file, 'utf8')), ...environment } : environment;
};

/** Checks everything before anything is opened. Unknown `PARLEY_` variables are problems: they are typing errors. */
export const loadConfig = (environment: Environment): Config => {
  const problems: string[] = [];
  const read = <N extends keyof typeof SETTINGS>(name: N): z.output<(typeof SETTINGS)[N]['schema']> => {
    const { schema, standard, allowed, ...row } = SETTINGS[name];
    const given = environment[name] ?? standard;
    const parsed = schema.safeParse(given);
    const shown = 'secret' in row ? '…' : given;
    if (!parsed.success) problems.push(`${name}=${shown}: allowed is ${allowed}`);
    return parsed.data as z.output<(typeof SETTINGS)[N]['schema']>;
  };
  const known = new Set<string>([...Object.keys(SETTINGS), ...Object.values(LIMITS).map(({ variable }) => variable)]);
  for (const name of Object.keys(environment))
    if (name.startsWith('PARLEY_') && !name.startsWith('PARLEY_TEST_') && !known.has(name))
      problems.push(`${name}: there is no such setting; see the table in README.md`);
  const production = environment['NODE_ENV'] === 'production';
  const publicUrl = read('PARLEY_PUBLIC_URL');
  const config: Config = {
    host: read('PARLEY_HOST'),
    port: read('PARLEY_PORT'),
    publicUrl: publicUrl ? publicUrl.replace(/\/+$/, '') : null,
    dataDir: resolve(read('PARLEY_DATA_DIR')),
    eventStoreUrl: read('PARLEY_EVENTSTORE_URL') || null,
    mongodbUrl: read('PARLEY_MONGODB_URL') || null,
    demo: read('PARLEY_DEMO') && !production,
    production,
    logLevel: read('PARLEY_LOG_LEVEL'),
    trustProxy: read('PARLEY_TRUST_PROXY'),
    limits: readLimits(environment, problems),
    retention: { ...RETENTION_MS, presence: read('PARLEY_PRESENCE_DAYS') * DAY_MS },
  };
  read('PARLEY_SMTP_URL');
  if (config.publicUrl && !problems.length && new URL(config.publicUrl).pathname !== '/')
    problems.push(`PARLEY_PUBLIC_URL=${publicUrl}: allowed is ${SETTINGS.PARLEY_PUBLIC_URL.allowed}`);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
};

const readLimits = (environment: Environment, problems: string[]): Limits => {
  const limits: Record<LimitName, number> = { ...DEFAULT_LIMITS };
  for (const [name, { variable, words }] of Object.entries(LIMITS)) {
    const given = environment[variable];
    if (given === undefined) continue;
    if (/^[1-9]\d{0,9}$/.test(given)) limits[name as LimitName] = Number(given);
    else problems.push(`${variable}=${given}: allowed is a whole number from 1 to 9999999999 (${words})`);
  }
  return limits;
};

/** The settings with their standards, for the README's table and its test. */
export const settingsTable = (): { name: string; standard: string; allowed: string }[] =>
  Object.entries(SETTINGS).map(([name, { standard, allowed }]) => ({ name, standard, allowed }));
