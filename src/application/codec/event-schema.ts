import type { z } from 'zod';
import type { Message } from '../../domain/kernel/message.js';

type Json = Readonly<Record<string, unknown>>;

/** How one event type is stored. */
export interface EventSchema<E extends Message = Message> {
  /** One sentence for the catalogue. */
  readonly meaning: string;
  /** Version that is written now; earlier ones are brought up on reading. */
  readonly version: number;
  /** The shape of `data` in this version, personal fields as text. */
  readonly shape: z.ZodObject;
  /** Personal fields, each with the field that names the person whose key seals it. */
  readonly personal: Readonly<Partial<Record<keyof E['data'] & string, keyof E['data'] & string>>>;
  /** `upcasts[n]` makes version `n + 1` of version `n`, after unsealing. */
  readonly upcasts?: Readonly<Record<number, (data: Json) => Json>>;
}

/** A row for each event of a category: a new event does not compile without one. */
export type EventSchemas<E extends Message> = { readonly [T in E['type']]: EventSchema<Extract<E, { type: T }>> };
