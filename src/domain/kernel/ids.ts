declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** A person, whatever they sign in with. Random UUID. */
export type UserId = Id<'UserId'>;
/** One conversation. Random or name-based UUID; knowing it gives no right. */
export type ConversationId = Id<'ConversationId'>;
/** One posting, named by the client that wrote it. UUID; unique per author and conversation. */
export type MessageId = Id<'MessageId'>;
/** One intention of one principal; repeating it has no further effect. */
export type CommandId = Id<'CommandId'>;
/** One event; `uuidv5(commandId, index)`, so that a repeated append is recognised. */
export type EventId = Id<'EventId'>;
/** One sign-in of one user. Not the secret token. */
export type SessionId = Id<'SessionId'>;

/** Marks a string as an id after its form was checked by the caller (schema, codec). */
export const asId = <T extends Id<string>>(value: string): T => value as T;
