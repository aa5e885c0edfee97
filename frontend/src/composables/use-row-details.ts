import { computed, type Ref } from 'vue';
import {
  marksBySequence,
  marksOf,
  reactionGroups,
  reactionsTo,
  type ConversationSummary,
  type Line,
  type MessageLine,
  type ReactionGroup,
} from '../model/index.js';
import { useClient } from './use-client.js';

/** What stands under messages: reactions, and who has read so far. */
export const useRowDetails = (summary: () => ConversationSummary, lines: Ref<readonly Line[]>) => {
  const { state } = useClient();
  const self = computed(() => state.value.data.self?.id);
  const marks = computed(() => marksOf(state.value.data, summary().id));
  const sequences = computed(() =>
    lines.value.flatMap((line) => (line.kind === 'message' && line.sequence !== null ? [line.sequence] : [])),
  );
  const readers = computed(() => {
    const { participants } = summary().conversation;
    const others = marks.value.filter(({ user }) => user !== self.value && participants.includes(user));
    return marksBySequence(others, sequences.value);
  });
  return {
    reactionsOf: (sequence: number | null): ReactionGroup[] =>
      sequence === null
        ? []
        : reactionGroups(reactionsTo(state.value.data.reactions.get(summary().id), sequence), self.value),
    /** Nobody needs to hear that somebody has read what they wrote. */
    readersOf: ({ sequence, author }: MessageLine): readonly string[] =>
      sequence === null ? [] : (readers.value.get(sequence) ?? []).filter((user) => user !== author),
  };
};
