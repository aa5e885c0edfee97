import type { Message } from '../../domain/kernel/message.js';
import type { Change } from './change.js';

/** What a projection may know of an event: itself and its place in the log. */
export interface PlacedEvent<E extends Message> {
  readonly event: E;
  readonly position: number;
}

/** Every event type is named or ignored: a new event does not compile until each projection has thought about it. */
export type Handlers<E extends Message, Doc extends object> = {
  readonly [T in E['type']]: 'ignore' | ((placed: PlacedEvent<Extract<E, { type: T }>>) => readonly Change<Doc>[]);
};

/** A read model as a table of pure functions. */
export interface Projection<E extends Message = Message, Doc extends object = object> {
  /** Frozen name; lower case, no underscore. */
  readonly name: string;
  /** Categories of the streams whose events the table names. */
  readonly categories: readonly string[];
  /** Documents carry `terms` and can be searched. */
  readonly terms: boolean;
  readonly handlers: Handlers<E, Doc>;
}

/** Defines a projection with its event and document types checked against its table. */
export const projection = <E extends Message, Doc extends object>(definition: Projection<E, Doc>): Projection<E, Doc> =>
  definition;

/** The changes that one event makes. Fails on an event type that the table does not name: nothing is skipped silently. */
export const changesOf = (table: Projection, placed: PlacedEvent<Message>): readonly Change<object>[] => {
  const handler = (
    table.handlers as Record<string, 'ignore' | ((p: PlacedEvent<Message>) => readonly Change<object>[])>
  )[placed.event.type];
  if (handler === undefined) throw new Error(`projection ${table.name} does not know the event ${placed.event.type}`);
  return handler === 'ignore' ? [] : handler(placed);
};
