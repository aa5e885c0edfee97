import { messageKey } from '../transcript/transcript.model.js';

/** One reaction of one person to one message. */
export interface ReactionDocument {
  readonly conversationId: string;
  readonly sequence: number;
  readonly user: string;
  readonly reaction: string;
  readonly addedAt: number;
}

/** Sorts as its message does. The emoji stands as hexadecimal code points, because keys are ASCII. */
export const reactionKey = (
  of: Pick<ReactionDocument, 'conversationId' | 'sequence' | 'user' | 'reaction'>,
): string => {
  const emoji = Array.from(of.reaction, (character) => (character.codePointAt(0) ?? 0).toString(16)).join('-');
  return `${messageKey(of.conversationId, of.sequence)}/${of.user}/${emoji}`;
};

/** What a key names. */
export const reactionIn = (key: string): Omit<ReactionDocument, 'addedAt'> => {
  const [conversationId = '', sequence = '', user = '', emoji = ''] = key.split('/');
  const reaction = emoji
    .split('-')
    .map((code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .join('');
  return { conversationId, sequence: Number(sequence), user, reaction };
};
