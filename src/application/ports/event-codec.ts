import type { Message } from '../../domain/kernel/message.js';
import type { EventMetadata, NewEvent, StreamId } from './event-log.js';

/** An event as engines store it: two JSON texts. Personal data inside `data` is sealed. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/**
 * Between domain events and stored bytes; the only place that knows event versions. Used by `EventLog` adapters.
 * `encode` refuses what does not fit the schema. `decode` upcasts to the newest version and fails closed with an `Error` whose message says
 * why; the adapter adds the place and throws `UndecodableEvent`.
 */
export interface EventCodec {
  encode(stream: StreamId, event: NewEvent): Promise<EncodedEvent>;
  decode(
    stream: StreamId,
    encoded: EncodedEvent,
  ): Promise<{ readonly event: Message; readonly metadata: EventMetadata }>;
}
