import { computed } from 'vue';
import type { ConversationSummary } from '../model/index.js';
import { useClient } from './use-client.js';
import { useWords } from './use-words.js';

/** So many names in a title; of the others only how many there are. */
const NAMED_MOST = 3;

/** What people and conversations are called. */
export const useNames = () => {
  const { state } = useClient();
  const { words, language } = useWords();
  const brief = computed(() => new Intl.ListFormat(language.value, { style: 'short', type: 'unit' }));
  const sentence = computed(() => new Intl.ListFormat(language.value, { type: 'conjunction' }));
  const nameOf = (userId: string): string => {
    const person = state.value.data.people.get(userId);
    return person ? (person.name ?? words.value.unknownPerson) : '…';
  };
  const namesOf = (people: readonly { readonly name: string | null }[]): string[] =>
    people.map(({ name }) => name ?? words.value.unknownPerson);
  return {
    nameOf,
    listed: (names: readonly string[]): string => brief.value.format(names),
    isNamed: (userId: string): boolean => state.value.data.people.has(userId),
    /** As in a sentence: "Anna, Ben and Carla". */
    listOf: (userIds: readonly string[]): string => sentence.value.format(userIds.map(nameOf)),
    /** The title that was given, else the other participants (S84). */
    titleOf: ({ conversation, others }: ConversationSummary): string => {
      if (conversation.title !== null) return conversation.title;
      if (others.length === 0) return words.value.groups.groupChat;
      const named = brief.value.format(namesOf(others.slice(0, NAMED_MOST)));
      return others.length > NAMED_MOST ? `${named} +${others.length - NAMED_MOST}` : named;
    },
    /** All of it, for where there is room. */
    fullTitleOf: ({ conversation, others }: ConversationSummary): string => {
      const names = brief.value.format(namesOf(others));
      if (conversation.kind === 'direct') return names;
      return [conversation.title, words.value.groups.groupOf(names)].filter((part) => part !== null).join(' – ');
    },
  };
};
