import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { invalidArgument } from './failures.js';
import type { Entry } from './journal.js';

/** Records that the server looks through between two looks at its checkpoint counter, when the client names no window. */
const DEFAULT_WINDOW = 32;

export interface EventFilter {
  readonly matches: (entry: Entry) => boolean;
  /** Records considered between two checkpoints. */
  readonly checkpointInterval: number;
}

/** A server-side filter on stream name or event type, by prefixes or a regular expression. `null`: none. */
export const filterOf = (options: ReadReq.Options): EventFilter | null => {
  const filter = options.getFilter();
  if (!filter) return null;
  const byStream = filter.getStreamIdentifier();
  const expression = byStream ?? filter.getEventType();
  const multiplier = filter.getCheckpointintervalmultiplier();
  if (!expression) throw invalidArgument('a filter needs an expression');
  if (multiplier === 0) throw invalidArgument('checkpointIntervalMultiplier must be positive');
  const prefixes = expression.getPrefixList();
  const regex = prefixes.length > 0 ? null : new RegExp(expression.getRegex());
  return {
    matches: ({ stream, type }) => {
      const text = byStream ? stream : type;
      return regex === null ? prefixes.some((prefix) => text.startsWith(prefix)) : regex.test(text);
    },
    checkpointInterval: multiplier * (filter.hasMax() ? filter.getMax() : DEFAULT_WINDOW),
  };
};
