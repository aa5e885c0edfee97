import { computed } from 'vue';
import { distinctColours, senderColour } from '../model/index.js';
import { useClient } from './use-client.js';

/** Whoever was seen in a conversation, in that order: who leaves keeps their colour, and nobody else changes theirs. */
const seen = new Map<string, string[]>();

const withNew = (conversationId: string, ids: readonly string[]): readonly string[] => {
  const present = seen.get(conversationId) ?? [];
  const next = ids.filter((id) => !present.includes(id));
  if (next.length === 0 && seen.has(conversationId)) return present;
  const all = [...present, ...new Set(next)];
  seen.set(conversationId, all);
  return all;
};

/** The class of somebody's colour in a conversation (S104). */
export const useSenderColours = (conversationId: () => string) => {
  const { state } = useClient();
  const participants = computed(() => state.value.data.conversations.get(conversationId())?.doc?.participants ?? []);
  const colours = computed(() => distinctColours(withNew(conversationId(), participants.value)));
  return { colourOf: (userId: string): string => `sender-${colours.value.get(userId) ?? senderColour(userId)}` };
};
