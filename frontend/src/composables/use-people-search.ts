import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { PersonView } from '../../../src/application/protocol/index.js';
import { useClient } from './use-client.js';

const DEBOUNCE_MS = 150;
const LEAST_LETTERS = 2;
/** Pause before a search that failed is made once more by itself: most often the link had just broken, or the server was catching up. */
const AGAIN_MS = 1_000;

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

  const look = async (wanted: string, tries = 2): Promise<void> => {
    search.value = { kind: 'searching' };
    const found = await client.findPeople(wanted).then(
      (people): Search => ({ kind: 'found', people }),
      (): Search => ({ kind: 'failed' }),
    );
    if (text.value.trim() !== wanted) return;
    if (found.kind === 'failed' && tries > 1) timer = setTimeout(() => void look(wanted, tries - 1), AGAIN_MS);
    else search.value = found;
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
