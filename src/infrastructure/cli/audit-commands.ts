import { Command } from 'commander';
import { replay, type AsOf, type Replayed } from '../../application/audit/replay.js';
import { streamId, type EventLog } from '../../application/ports/event-log.js';
import type { AccountEvent } from '../../domain/account/index.js';
import { asId, type UserId } from '../../domain/kernel/ids.js';
import { asInstant } from '../../domain/kernel/instant.js';
import type { PersonDocument } from '../../projections/people/people.model.js';
import { foldWords } from '../../projections/runtime/fold-words.js';
import { serviceOf, generationOf } from '../../application/read-models/service.js';
import { CliProblem } from './cli-problem.js';
import type { CommandLine } from './command-line.js';
import { EXIT } from './exit-codes.js';
import type { OpenStores } from './open-stores.js';
import { wordsOf } from './replay-words.js';
import { withStores } from './with-stores.js';

interface ReplayOptions {
  readonly conversation: string;
  readonly asOf?: string;
  readonly asSeenBy?: string;
  readonly json?: boolean;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** A date with its time and zone, as RFC 3339 has it: "yesterday" is no evidence. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
/** People looked through for a login. */
const FOUND_MAX = 200;

/** `parley audit …`. */
export const auditCommands = (line: CommandLine): Command => {
  const audit = new Command('audit').description('what the log proves').exitOverride();
  audit
    .command('replay')
    .description('a conversation as it was at some moment, and as one person could see it')
    .requiredOption('--conversation <id>', 'which one')
    .option('--as-of <moment>', 'a position of the log, or a time with its zone (2026-11-22T11:08:03Z); left out: now')
    .option('--as-seen-by <user>', 'login or id of a person; left out: everything')
    .option('--json', 'the result as one JSON document')
    .action((options: ReplayOptions) =>
      withStores(line, async (stores) => {
        if (!UUID.test(options.conversation))
          throw new CliProblem(
            `--conversation ${options.conversation}: a conversation has a UUID in lower case`,
            EXIT.usage,
          );
        const asOf = options.asOf === undefined ? null : momentOf(options.asOf);
        const seenBy = options.asSeenBy === undefined ? null : await personOf(options.asSeenBy, stores);
        const replayed = await replay(stores.log, options.conversation, asOf, seenBy);
        if (replayed.events === 0)
          throw new CliProblem(
            `there is no conversation ${options.conversation}${asOf === null ? '' : ` as of ${options.asOf ?? ''}`}`,
          );
        const names = await namesOf(stores.log, replayed);
        line.terminal.out(
          options.json
            ? `${JSON.stringify({ ...replayed, names: Object.fromEntries(names) }, null, 2)}\n`
            : `${wordsOf(replayed, names)}\n`,
        );
      }),
    );
  return audit;
};

const momentOf = (text: string): AsOf => {
  if (/^#?\d{1,15}$/.test(text)) return { position: Number(text.replace('#', '')) };
  const instant = INSTANT.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(instant))
    throw new CliProblem(
      `--as-of ${text}: give a position, or a time with its zone such as 2026-11-22T11:08:03Z`,
      EXIT.usage,
    );
  return { instant: asInstant(instant) };
};

/** By id, or by login among the people that the read model finds. */
const personOf = async (user: string, { readModels }: OpenStores): Promise<UserId> => {
  if (UUID.test(user)) return asId<UserId>(user);
  const { serving } = await serviceOf(readModels, 'people');
  const generation = generationOf('people', serving);
  const login = user.trim().normalize('NFKC').toLowerCase();
  const found = await readModels.search<PersonDocument>(generation, foldWords(login), {
    limit: FOUND_MAX,
    order: 'ascending',
  });
  const person = found.find(({ doc }) => doc.login?.toLowerCase() === login);
  if (!person) throw new CliProblem(`there is no person with the login ${user}; a user id is taken too`, EXIT.usage);
  return asId<UserId>(person.doc.id);
};

/** From the log itself, so that a read model that is wrong misleads nobody. */
const namesOf = async (log: EventLog, replayed: Replayed): Promise<Map<string, string>> => {
  const names = new Map<string, string>();
  for (const userId of peopleIn(replayed))
    for await (const { event } of log.read(streamId('account', userId))) {
      const { type, data } = event as AccountEvent;
      if (type === 'AccountRegistered') names.set(userId, data.displayName ?? '(erased)');
    }
  return names;
};

const peopleIn = ({ participants, notices, seenBy }: Replayed): ReadonlySet<string> =>
  new Set([
    ...participants.map(({ userId }) => userId),
    ...notices.flatMap(({ by, users }) => [by, ...users]),
    ...(seenBy === null ? [] : [seenBy]),
  ]);
