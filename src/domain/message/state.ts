import type { UserId } from '../kernel/ids.js';

/** What became of one message after it was posted. Never its text. */
export interface MessageState {
  readonly retracted: boolean;
  readonly corrections: number;
  /** Who reacted with what, in the order in which they did. */
  readonly reactions: Readonly<Record<UserId, readonly string[]>>;
}

export const initialState: MessageState = Object.freeze({
  retracted: false,
  corrections: 0,
  reactions: Object.freeze({}),
});

export const reactionsOf = ({ reactions }: MessageState, user: UserId): readonly string[] =>
  Object.hasOwn(reactions, user) ? (reactions[user] ?? []) : [];

/** Every emoji that somebody reacted with. */
export const emojiOn = ({ reactions }: MessageState): ReadonlySet<string> => new Set(Object.values(reactions).flat());
