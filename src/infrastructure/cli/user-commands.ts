import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { AccountOutcome } from '../../application/commands/account/accounts-by-login.js';
import type { Outcome } from '../../application/commands/outcome.js';
import type { Registration } from '../../application/commands/register-accounts/register-accounts.command.js';
import { ERRORS } from '../../application/protocol/index.js';
import { CliProblem } from './cli-problem.js';
import { EXIT } from './exit-codes.js';
import { newUserSchema, PASSWORD_MIN, type NewUser, type Operations, type Results } from './operations.js';
import type { CommandLine } from './command-line.js';
import { printable, table } from './printable.js';
import { CsvProblems, usersFromCsv } from './user-csv.js';

/** Accounts registered, or listed, in one request. */
const BATCH = 500;

type Row = Results['user.list'][number];
interface PasswordSource {
  readonly passwordFile?: string;
}
interface Output {
  readonly json?: boolean;
}

/** `parley user …`. */
export const userCommands = (line: CommandLine): Command => {
  const user = new Command('user').description('accounts that Parley keeps itself').exitOverride();
  const command = (nameAndArguments: string, description: string): Command =>
    user.command(nameAndArguments).description(description).option('--json', 'the result as one JSON document');
  const withPassword = (it: Command): Command =>
    it.option('--password-file <file>', 'read the password from a file (-: standard input); without it, you are asked');

  withPassword(command('add <login>', 'create one account'))
    .requiredOption('--name <name>', 'the name that others see')
    .requiredOption('--email <address>', 'the e-mail address')
    .action((login: string, options: { name: string; email: string } & PasswordSource & Output) =>
      withOperations(line, async (operations) => {
        const password = await passwordFrom(line, options);
        const checked = newUserSchema.safeParse({ login, displayName: options.name, email: options.email, password });
        if (!checked.success)
          throw new CliProblem(
            checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'),
            EXIT.usage,
          );
        const [result] = await operations('user.register', { users: [checked.data] });
        if (result?.kind === 'failed') throw new CliProblem(`${login} was not created: ${wordsOf(result.error)}`);
        if (result?.kind === 'existed')
          throw new CliProblem(`there is an account ${login} already; it was left as it is`);
        say(line, options, result ?? null, `${login} can sign in now.`);
      }),
    );

  command(
    'import <file>',
    'create many accounts from a CSV (-: standard input): login,name,email and password or hash',
  ).action((file: string, options: Output) => importUsers(line, file, options));

  command('list', 'all accounts').action((options: Output) =>
    withOperations(line, async (operations) => {
      const rows: Row[] = [];
      for (;;) {
        const page = await operations('user.list', { after: rows.at(-1)?.id ?? null, limit: BATCH });
        rows.push(...page);
        if (page.length < BATCH) break;
      }
      rows.sort((one, other) => (one.login ?? '').localeCompare(other.login ?? ''));
      say(line, options, rows, tableOf(rows));
    }),
  );

  withPassword(command('passwd <login>', 'set a new password; ends every session of the person')).action(
    (login: string, options: PasswordSource & Output) =>
      withOperations(line, async (operations) => {
        const password = await passwordFrom(line, options);
        const result = accountResult(login, await operations('user.passwd', { login, password }));
        say(line, options, result, `${login} has a new password; their sessions ended.`);
      }),
  );

  command('disable <login>', 'no sign-in any more; ends every session at once').action(
    (login: string, options: Output) =>
      withOperations(line, async (operations) => {
        const result = accountResult(login, await operations('user.disable', { login }));
        say(
          line,
          options,
          result,
          result.changed ? `${login} is disabled; their sessions ended.` : `${login} was disabled already.`,
        );
      }),
  );

  command('enable <login>', 'allow sign-in again').action((login: string, options: Output) =>
    withOperations(line, async (operations) => {
      const result = accountResult(login, await operations('user.enable', { login }));
      say(line, options, result, result.changed ? `${login} can sign in again.` : `${login} was enabled already.`);
    }),
  );
  return user;
};

const importUsers = async (line: CommandLine, file: string, options: Output): Promise<void> => {
  const everybody = await readUsers(file === '-' ? line.terminal.readInput() : Promise.resolve(readText(file)));
  await withOperations(line, async (operations) => {
    const results: Registration[] = [];
    for (let from = 0; from < everybody.length; from += BATCH) {
      results.push(...(await operations('user.register', { users: everybody.slice(from, from + BATCH) })));
      line.terminal.err(`${results.length} of ${everybody.length} …\n`);
    }
    const count = (kind: Registration['kind']): number => results.filter((result) => result.kind === kind).length;
    for (const result of results)
      if (result.kind === 'failed') line.terminal.err(`${result.login}: ${wordsOf(result.error)}\n`);
    const summary = { registered: count('registered'), existed: count('existed'), failed: count('failed') };
    const existed = summary.existed > 0 ? `, ${summary.existed} were there already and were left as they are` : '';
    const failed = summary.failed > 0 ? `, ${summary.failed} failed: run the same import again` : '';
    say(line, options, { ...summary, results }, `${summary.registered} accounts created${existed}${failed}.`);
    if (summary.failed > 0) throw new CliProblem('not every account was created');
  });
};

const readUsers = async (text: Promise<string>): Promise<readonly NewUser[]> => {
  try {
    return usersFromCsv(await text);
  } catch (error) {
    if (error instanceof CsvProblems) throw new CliProblem(`nothing was imported:\n${error.message}`, EXIT.usage);
    throw error;
  }
};

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliProblem(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      EXIT.usage,
    );
  }
};

const passwordFrom = async ({ terminal }: CommandLine, { passwordFile }: PasswordSource): Promise<string> => {
  const read = async (): Promise<string | null> => {
    if (passwordFile === undefined) return terminal.askSecret(`Password (at least ${PASSWORD_MIN} characters): `);
    return passwordFile === '-' ? terminal.readInput() : readText(passwordFile);
  };
  const text = (await read())?.replace(/\r?\n$/, '');
  if (text === undefined)
    throw new CliProblem('nobody can be asked here: give --password-file FILE (-: standard input)', EXIT.usage);
  if (text.length < PASSWORD_MIN)
    throw new CliProblem(`the password has fewer than ${PASSWORD_MIN} characters`, EXIT.usage);
  return text;
};

const accountResult = (login: string, outcome: Outcome<AccountOutcome>): AccountOutcome => {
  if (outcome.ok) return outcome.result;
  throw new CliProblem(outcome.error === 'not-found' ? `there is no account ${login}` : wordsOf(outcome.error));
};

const wordsOf = (code: string): string =>
  Object.hasOwn(ERRORS, code) ? ERRORS[code as keyof typeof ERRORS].words : code;

const withOperations = async (line: CommandLine, work: (operations: Operations) => Promise<void>): Promise<void> => {
  const connected = await line.connect();
  try {
    await work(connected.operations);
  } finally {
    await connected.close();
  }
};

const say = ({ terminal }: CommandLine, { json }: Output, result: unknown, words: string): void => {
  terminal.out(json ? `${JSON.stringify(result, null, 2)}\n` : `${words}\n`);
};

const tableOf = (rows: readonly Row[]): string => {
  const cells = rows.map(({ login, name, email, enabled }) => [
    printable(login ?? '(erased)'),
    printable(name ?? '(erased)'),
    printable(email ?? '(erased)'),
    enabled ? 'enabled' : 'disabled',
  ]);
  return table(['LOGIN', 'NAME', 'ADDRESS', 'STATE'], cells);
};
