import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Context } from './context.js';
import { filterOf, type EventFilter } from './event-filter.js';
import { invalidArgument, sendable, streamDeleted } from './failures.js';
import { TOMBSTONE_REVISION, type Entry } from './journal.js';
import { resolved, send, type ReadCall } from './read-call.js';
import { isDeleted } from './stream-metadata.js';
import { subscribe } from './subscription.js';
import { nameOf, notFound } from './wire.js';

const PAGE = 500;
const BACKWARDS = streams.ReadReq.Options.ReadDirection.BACKWARDS;

/** Pages of records that a read goes through, until there is none left. */
function* pagesOf(read: (from: number) => Entry[], first: number, next: (last: Entry) => number): Generator<Entry> {
  for (let from = first; ;) {
    const page = read(from);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    from = next(last);
  }
}

const allFrom = (all: ReadReq.Options.AllOptions, end: number): number =>
  all.hasStart() ? 0 : all.hasEnd() ? end : Number(all.getPosition()?.getCommitPosition() ?? 0);

const streamFrom = (stream: ReadReq.Options.StreamOptions): number =>
  stream.hasStart() ? 0 : stream.hasEnd() ? Number.MAX_SAFE_INTEGER : Number(stream.getRevision());

export const readService = (context: Context) => {
  const { journal, access } = context;

  const entriesOf = (options: ReadReq.Options, filter: EventFilter | null): Iterable<Entry> | null => {
    const backwards = options.getReadDirection() === BACKWARDS;
    const all = options.getAll();
    if (all) {
      const entries = pagesOf(
        (from) => journal.readAll(from, backwards, PAGE),
        allFrom(all, journal.end),
        ({ position }) => (backwards ? position : position + 1),
      );
      return filter ? filtered(entries, filter) : entries;
    }
    const stream = nameOf(options.getStream()?.getStreamIdentifier());
    if (journal.isTombstoned(stream)) throw streamDeleted(stream);
    if (journal.lastRevision(stream) < 0 || isDeleted(journal.metadataOf(stream))) return null;
    return pagesOf(
      (from) => journal.readStream(stream, from, backwards, PAGE),
      streamFrom(options.getStream() as ReadReq.Options.StreamOptions),
      ({ revision }) => (backwards ? revision - 1 : revision + 1),
    );
  };

  const read = async (call: ReadCall): Promise<void> => {
    const options = call.request.getOptions();
    if (!options) throw invalidArgument('a read needs options');
    const stream = options.getStream();
    const name = stream ? nameOf(stream.getStreamIdentifier()) : '$all';
    access.check(call, '$r', name);
    const filter = filterOf(options);
    if (options.hasSubscription()) {
      const from = stream
        ? stream.hasStart() || stream.hasEnd()
          ? streamFrom(stream) - 1
          : streamFrom(stream)
        : startOf(options.getAll() as ReadReq.Options.AllOptions, journal.end);
      await subscribe(context, call, { stream: stream ? name : null, from, filter, links: options.getResolveLinks() });
      return;
    }
    let left = Number(options.getCount());
    const entries = entriesOf(options, filter);
    if (entries === null) await send(call, notFound(name));
    else
      for (const entry of entries) {
        if (left-- <= 0) break;
        if (entry.revision === TOMBSTONE_REVISION && stream) continue;
        if (!(await send(call, resolved(journal, entry, options.getResolveLinks())))) return;
      }
    call.end();
  };

  return {
    read: (call: ReadCall): void => {
      call.on('error', () => undefined);
      read(call).catch((error: unknown) => call.emit('error', sendable(error)));
    },
  };
};

function* filtered(entries: Iterable<Entry>, { matches }: EventFilter): Generator<Entry> {
  for (const entry of entries) if (matches(entry)) yield entry;
}

/** The position after which a subscription to all begins. */
const startOf = (all: ReadReq.Options.AllOptions, end: number): number =>
  all.hasStart() ? -1 : all.hasEnd() ? end - 1 : Number(all.getPosition()?.getCommitPosition() ?? -1);
