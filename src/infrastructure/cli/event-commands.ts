import { Command } from 'commander';
import { droppedOf } from '../../application/audit/dropped.js';
import { EVENT_SCHEMAS } from '../../application/codec/schemas/index.js';
import {
  categoryOf,
  STREAM_CATEGORIES,
  type RecordedEvent,
  type StreamCategory,
} from '../../application/ports/event-log.js';
import { CliProblem } from './cli-problem.js';
import type { CommandLine } from './command-line.js';
import { droppedWords } from './dropped-words.js';
import { EXIT } from './exit-codes.js';
import { printable } from './printable.js';
import { withStores } from './with-stores.js';

interface TailOptions {
  readonly from?: string;
  readonly follow?: boolean;
  readonly limit?: string;
  readonly stream?: string;
  readonly conversation?: string;
  readonly type?: string;
  readonly jsonLines?: boolean;
}

/** `parley events …`. */
export const eventCommands = (line: CommandLine): Command => {
  const events = new Command('events').description('the log itself, event by event').exitOverride();
  events
    .command('tail')
    .description('new events as they come, until Ctrl-C; with --from those recorded after that position')
    .option('--from <position>', 'begin after this position; 0: at the first event')
    .option('--follow', 'with --from: go on with new ones at the end')
    .option('--limit <count>', 'end after so many')
    .option('--conversation <id>', 'only this conversation')
    .option('--stream <name>', 'only this stream, for instance account-…')
    .option('--type <type>', 'only this type, for instance MessagePosted')
    .option('--json-lines', 'one JSON document per line')
    .action((options: TailOptions) => tail(line, options));
  return events;
};

const wholeNumber = (option: string, text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new CliProblem(`--${option} ${text}: allowed is a whole number`, EXIT.usage);
  return Number(text);
};

/** The categories that what is wanted can be of. */
const categoriesOf = (stream: string | undefined, type: string | undefined): readonly StreamCategory[] =>
  STREAM_CATEGORIES.filter(
    (category) =>
      (stream === undefined || categoryOf(stream) === category) &&
      (type === undefined || Object.hasOwn(EVENT_SCHEMAS[category], type)),
  );

const tail = (line: CommandLine, options: TailOptions): Promise<void> =>
  withStores(line, async ({ log }) => {
    const from = options.from === undefined ? null : wholeNumber('from', options.from);
    const limit = options.limit === undefined ? Infinity : wholeNumber('limit', options.limit);
    const stream = options.conversation === undefined ? options.stream : `conversation-${options.conversation}`;
    const wanted = (recorded: RecordedEvent): boolean =>
      (stream === undefined || recorded.stream === stream) &&
      (options.type === undefined || recorded.event.type === options.type);
    const ending = new AbortController();
    const after = from ?? (await log.head());
    let shown = 0;
    if (limit === 0) return;
    // Said first, and among the results: whoever keeps them as evidence keeps this with them.
    if (from !== null)
      for (const dropped of await droppedOf(log, categoriesOf(stream, options.type), from))
        line.terminal.out(`${options.jsonLines ? JSON.stringify({ dropped }) : `-- ${droppedWords(dropped)}`}\n`);
    const signals = log.follow({
      after: after === 0 ? 'start' : after,
      categories: STREAM_CATEGORIES,
      signal: AbortSignal.any([line.interrupted, ending.signal]),
    });
    for await (const signal of signals) {
      if (signal.kind === 'caught-up' && from !== null && !options.follow) ending.abort();
      if (signal.kind !== 'event' || !wanted(signal.event)) continue;
      line.terminal.out(`${options.jsonLines ? JSON.stringify(signal.event) : lineOf(signal.event)}\n`);
      if (++shown >= limit) ending.abort();
    }
  });

const lineOf = ({ position, stream, revision, event, metadata }: RecordedEvent): string =>
  `${position}  ${stream}@${revision}  ${event.type}  by ${metadata.principal}  ${printable(JSON.stringify(event.data))}`;
