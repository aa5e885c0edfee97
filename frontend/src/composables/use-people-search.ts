import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { PersonView } from '../../../src/application/protocol/index.js';
import { useClient } from './use-client.js';

const DEBOUNCE_MS = 150;
const LEAST_LETTERS = 2;

export type Search =
  | { readonly kind: 'idle' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'found'; readonly people: readonly PersonView[] }
  | { readonly kind: 'failed' };

/** Looks people up on the server while a name is being typed; an answer to an older text is not shown. */
export const usePeopleSearch = () => {
  const { client } = useClient();
  const text = ref('');
  const search = shallowRef<Search>({ kind: 'idle' });
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = async (wanted: string): Promise<void> => {
    // What was found for the text of before stays until there is more: a list that comes and goes would miss keys.
    if (search.value.kind !== 'found') search.value = { kind: 'searching' };
    const found = await client.findPeople(wanted).then(
      (people): Search => ({ kind: 'found', people }),
      (): Search => ({ kind: 'failed' }),
    );
    if (text.value.trim() === wanted) search.value = found;
  };
  watch(text, (typed) => {
    clearTimeout(timer);
    const wanted = typed.trim();
    if (wanted.length < LEAST_LETTERS) search.value = { kind: 'idle' };
    else timer = setTimeout(() => void look(wanted), DEBOUNCE_MS);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
  });
  return { text, search, again: () => void look(text.value.trim()) };
};
