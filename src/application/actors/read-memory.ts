import type { Message } from '../../domain/kernel/message.js';
import type { EventLog, RecordedEvent, Revision, StreamId } from '../ports/event-log.js';
import type { SnapshotStore } from '../ports/snapshot-store.js';
import type { Aggregate } from './aggregate.js';
import { CellMemory } from './cell-memory.js';

interface Ports {
  readonly log: EventLog;
  readonly snapshots: SnapshotStore;
  readonly warn: (message: string, error: unknown) => void;
}

/** Where folding begins: a snapshot's state. */
interface Start<S> {
  readonly state: S;
  readonly revision: Revision;
}

/**
 * What the log says of one stream, by way of its snapshot where that is of use. `commandWindow`: newest commands that are remembered. `heard` is
 * called with every event, so that a long stream can be told from a silent log. Fails as `EventLog.read` does.
 */
export const readMemory = async <S, C extends Message, E extends Message, R extends string>(
  aggregate: Aggregate<S, C, E, R>,
  stream: StreamId,
  ports: Ports,
  commandWindow: number,
  heard: () => void,
): Promise<CellMemory<S>> => {
  /** A snapshot that cannot be used, for whatever reason, is as good as none. */
  const snapshot = async (): Promise<Start<S> | null> => {
    try {
      const stored = await ports.snapshots.load(stream);
      if (stored?.version !== aggregate.snapshotVersion) return null;
      return { revision: stored.revision, state: JSON.parse(stored.state) as S };
    } catch (error) {
      ports.warn(`the snapshot of ${stream} cannot be read; its events will be`, error);
      return null;
    }
  };
  /** `null`: the snapshot speaks of a revision that the stream does not have. */
  const fold = async (start: Start<S> | null, after: Revision): Promise<CellMemory<S> | null> => {
    const { revision: upTo, state } = start ?? { revision: -1, state: aggregate.decider.initialState };
    const memory = new CellMemory<S>(state, upTo, 0, upTo, commandWindow);
    let newest = -1;
    for await (const recorded of ports.log.read(stream, after)) {
      heard();
      if (recorded.revision > memory.revision) memory.adopt(aggregate.decider.evolve, [recorded as RecordedEvent<E>]);
      else memory.remember(recorded.metadata.commandId, recorded.revision);
      memory.position = recorded.position;
      newest = recorded.revision;
    }
    return newest < upTo ? null : memory;
  };
  const start = await snapshot();
  // The window reaches back behind the snapshot: those events are read for their command ids alone. And a log that was restored to an
  // earlier day is shorter than its snapshots: what it says counts.
  const memory = (await fold(start, Math.max(-1, (start?.revision ?? -1) - commandWindow))) ?? (await fold(null, -1));
  if (memory === null) throw new Error(`stream ${stream} cannot be folded`);
  return memory;
};
