import type { EncodedEvent, EventCodec } from '../../application/ports/event-codec.js';
import {
  LogUnavailable,
  UndecodableEvent,
  type Position,
  type RecordedEvent,
  type Revision,
  type StreamId,
} from '../../application/ports/event-log.js';
import { asInstant, type Instant } from '../../domain/kernel/instant.js';

/** An encoded event with its place, as a store has it. */
export interface StoredEvent extends EncodedEvent {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
}

/** When an event of a category that is not kept for ever happened; `null`: it does not say, and so it stays. */
export const atOf = ({ data }: EncodedEvent): Instant | null => {
  try {
    const { at } = JSON.parse(data) as { readonly at?: unknown };
    return typeof at === 'number' ? asInstant(at) : null;
  } catch {
    return null;
  }
};

/** Fails with `UndecodableEvent`, or with `LogUnavailable` when the keys cannot be had now. */
export const decodeStored = async (codec: EventCodec, stored: StoredEvent): Promise<RecordedEvent> => {
  const { stream, revision, position, id, type } = stored;
  try {
    const { event, metadata } = await codec.decode(stream as StreamId, stored);
    return { id: id as RecordedEvent['id'], stream: stream as StreamId, revision, position, event, metadata };
  } catch (error) {
    if (error instanceof LogUnavailable) throw error;
    throw new UndecodableEvent(
      stream,
      revision,
      position,
      type,
      error instanceof Error ? error.message : String(error),
    );
  }
};
