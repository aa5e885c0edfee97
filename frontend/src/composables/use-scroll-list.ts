import { useVirtualizer } from '@tanstack/vue-virtual';
import { computed, nextTick, onMounted, onScopeDispose, ref, type Ref, type ShallowRef } from 'vue';
import type { Line } from '../model/index.js';

/** Nearer to the end than this is at the end. */
const AT_END_PX = 40;
/** Older pages are asked for this many viewports before the top. */
const OLDER_AT_VIEWPORTS = 1.5;
const ESTIMATE_PX = { message: 28, start: 120, day: 40, new: 32, hole: 40 } as const;

/**
 * The scrolling of the message list. Following: the end stays in view, whatever comes. Detached: what one reads stays where it is, whatever
 * comes, above or below.
 */
export const useScrollList = (
  frame: Readonly<ShallowRef<HTMLElement | null>>,
  lines: Ref<readonly Line[]>,
  older: { readonly isThere: () => boolean; readonly load: () => Promise<void> },
) => {
  const following = ref(true);
  let isLoading = false;

  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>(
    computed(() => {
      const list = lines.value;
      return {
        count: list.length,
        getScrollElement: () => frame.value,
        getItemKey: (index: number) => list[index]?.key ?? index,
        estimateSize: (index: number) => ESTIMATE_PX[list[index]?.kind ?? 'message'],
        anchorTo: 'end' as const,
        followOnAppend: true,
        scrollEndThreshold: AT_END_PX,
        paddingStart: older.isThere() ? 48 : 8,
        paddingEnd: 12,
        overscan: 8,
      };
    }),
  );

  const toEnd = (): void => {
    following.value = true;
    virtualizer.value.scrollToEnd();
  };

  /** The first message in view and where it is: separators may go away when older messages come. */
  const anchor = () => {
    const top = virtualizer.value.scrollOffset ?? 0;
    const item = virtualizer.value.getVirtualItems().find(({ key, end }) => end > top && !String(key).startsWith('#'));
    return item && { key: item.key, below: item.start - top };
  };

  const loadOlder = async (): Promise<void> => {
    if (isLoading || !older.isThere()) return;
    isLoading = true;
    try {
      const count = lines.value.length;
      await older.load();
      const held = anchor();
      await nextTick();
      if (!held || lines.value.length === count) return;
      const item = virtualizer.value.measurementsCache[lines.value.findIndex(({ key }) => key === held.key)];
      if (item && !following.value) virtualizer.value.scrollToOffset(item.start - held.below);
    } finally {
      isLoading = false;
    }
  };

  const scrolled = (): void => {
    const element = frame.value;
    if (!element) return;
    following.value = element.scrollHeight - element.clientHeight - element.scrollTop <= AT_END_PX;
    if (element.scrollTop < element.clientHeight * OLDER_AT_VIEWPORTS) void loadOlder();
  };

  onMounted(() => {
    const element = frame.value;
    if (!element) return;
    // A smaller frame (keyboard, ribbon, longer draft) keeps the end in view, or else what is read.
    const observer = new ResizeObserver(() => {
      if (following.value) virtualizer.value.scrollToEnd();
    });
    observer.observe(element);
    onScopeDispose(() => {
      observer.disconnect();
    });
  });

  return { virtualizer, following, toEnd, scrolled, loadOlder };
};
