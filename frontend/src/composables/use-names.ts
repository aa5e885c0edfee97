import { computed } from 'vue';
import type { ConversationSummary } from '../model/index.js';
import { useClient } from './use-client.js';
import { useWords } from './use-words.js';

/** What people and conversations are called. */
export const useNames = () => {
  const { state } = useClient();
  const { words, language } = useWords();
  const list = computed(() => new Intl.ListFormat(language.value, { style: 'narrow', type: 'unit' }));
  const nameOf = (userId: string): string => state.value.data.people.get(userId)?.name ?? words.value.unknownPerson;
  return {
    nameOf,
    listed: (names: readonly string[]): string => list.value.format(names),
    titleOf: ({ others }: ConversationSummary): string =>
      list.value.format(others.map(({ name }) => name ?? words.value.unknownPerson)),
  };
};
