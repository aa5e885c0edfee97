import type { CommandId, UserId } from '../../domain/kernel/ids.js';
import type { Message } from '../../domain/kernel/message.js';
import type { Position, RecordedEvent } from '../ports/event-log.js';

/** One command on its way to a cell. */
export interface Envelope<C extends Message> {
  readonly command: C;
  /** The same for every retry of one intention. */
  readonly commandId: CommandId;
  readonly principal: UserId | 'system';
  /** The event that a process reacts to; left out: the command itself is the cause. */
  readonly causationId?: string;
  readonly correlationId: string;
}

/** Why a cell did not even decide; none of them left an event behind that a retry with the same id would double. */
export type Refusal =
  /** The mailbox is full. */
  | 'busy'
  /** The id belongs to another command. */
  | 'id-reused'
  | 'log-unavailable'
  | 'store-full'
  /** A defect; the cell forgot its memory and goes on. */
  | 'internal';

export type Answer<E extends Message, R extends string> =
  | {
      readonly kind: 'accepted';
      readonly events: readonly RecordedEvent<E>[];
      /** Position of the last event, or of the stream's last known event if there is none; 0 for an empty stream. */
      readonly position: Position;
      /** The command had been accepted before; these are the events of then. */
      readonly duplicate: boolean;
    }
  | { readonly kind: 'rejected'; readonly rejection: R }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
