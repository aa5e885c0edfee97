import { ref } from 'vue';
import { withRecent } from '../model/index.js';
import { kept } from './kept.js';
import { useClient } from './use-client.js';

const listIn = (text: string | null): readonly string[] => {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
};

/** One's own last messages beside a status; in this browser, for each person apart. */
export const useRecentStatus = () => {
  const { state } = useClient();
  const key = `parley.status.${state.value.data.self?.id ?? ''}`;
  const recent = ref(listIn(kept.get(key)));
  return {
    recent,
    remember: (text: string): void => {
      recent.value = withRecent(recent.value, text);
      kept.set(key, JSON.stringify(recent.value));
    },
  };
};
