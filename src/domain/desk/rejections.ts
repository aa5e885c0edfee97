/** A desk refuses nothing: whether its owner may see the conversation is asked of the conversation, before. */
export type DeskRejection = never;
