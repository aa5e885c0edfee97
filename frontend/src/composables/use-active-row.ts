import { nextTick, ref, type Ref } from 'vue';
import { isComposing, type Line } from '../model/index.js';

/** Moving from message to message with the keys; `rows`: those that are drawn, by key. */
export const useActiveRow = (
  lines: Ref<readonly Line[]>,
  rows: ReadonlyMap<string, { readonly focus: () => void }>,
  scroll: { readonly toKey: (key: string) => void; readonly toEnd: () => void },
) => {
  const activeKey = ref<string | null>(null);
  const keys = (): string[] => lines.value.flatMap((line) => (line.kind === 'message' ? [line.key] : []));

  const activate = async (key: string | undefined): Promise<void> => {
    if (key === undefined) return;
    activeKey.value = key;
    await nextTick();
    scroll.toKey(key);
    await nextTick();
    rows.get(key)?.focus();
  };
  const step = (by: number): string | undefined => {
    const all = keys();
    const index = activeKey.value === null ? -1 : all.indexOf(activeKey.value);
    return index < 0 ? all.at(-1) : all[Math.min(all.length - 1, Math.max(0, index + by))];
  };
  const MOVES: Readonly<Record<string, () => string | undefined>> = {
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
    Home: () => keys()[0],
    End: () => {
      scroll.toEnd();
      return keys().at(-1);
    },
  };
  return {
    activeKey,
    activate,
    pressed: (event: KeyboardEvent): void => {
      const move = MOVES[event.key];
      const isHeld = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
      if (!move || isHeld || isComposing(event)) return;
      event.preventDefault();
      void activate(move());
    },
  };
};
