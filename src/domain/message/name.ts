/** A message's own stream is named by its place: the conversation, a dot, its sequence there. */
export const messageName = (conversationId: string, sequence: number): string => `${conversationId}.${sequence}`;

/** The conversation in a message's name. */
export const conversationIn = (name: string): string => name.slice(0, name.lastIndexOf('.'));
