import type { ReactionView } from '../../../src/application/protocol/index.js';

/** What the picker offers. Any one emoji that others used is shown. */
export const OFFERED_REACTIONS = ['👍', '❤️', '😂', '🎉', '😮', '😢', '✅', '👀'] as const;

/** One emoji under a message, and whose it is. */
export interface ReactionGroup {
  readonly reaction: string;
  /** In the order in which they were added. */
  readonly users: readonly string[];
  readonly isOwn: boolean;
}

/** The reactions to one message; the emoji that came first stands first, so that chips do not jump. */
export const reactionGroups = (reactions: readonly ReactionView[], self: string | undefined): ReactionGroup[] => {
  const groups = new Map<string, string[]>();
  const inOrder = [...reactions].sort((a, b) => a.addedAt - b.addedAt || (a.user < b.user ? -1 : 1));
  for (const { reaction, user } of inOrder) groups.set(reaction, [...(groups.get(reaction) ?? []), user]);
  return [...groups].map(([reaction, users]) => ({
    reaction,
    users,
    isOwn: self !== undefined && users.includes(self),
  }));
};
