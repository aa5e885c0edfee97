import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/vue-virtual';
import {
  computed,
  nextTick,
  onBeforeUnmount,
  onMounted,
  onScopeDispose,
  ref,
  watch,
  type Ref,
  type ShallowRef,
} from 'vue';
import type { Line } from '../model/index.js';

/** Nearer to the end than this is at the end. */
const AT_END_PX = 40;
/** Further pages are asked for this many viewports before the end of what is here. */
const MORE_AT_VIEWPORTS = 1.5;
const ESTIMATE_PX = { message: 28, notice: 24, start: 120, day: 40, new: 32, hole: 40 } as const;

/** What is read first and where it stands, from the top of the frame. */
interface Anchor {
  readonly key: string;
  readonly below: number;
}
/** Where one was in a conversation, to come back to (by message and not by pixels). */
const positions = new Map<string, Anchor>();

export interface ListEnds {
  readonly hasOlder: () => boolean;
  readonly loadOlder: () => Promise<void>;
  /** One looks at a part far from the end. */
  readonly hasNewer: () => boolean;
  readonly loadNewer: () => Promise<void>;
  readonly loadNewest: () => Promise<void>;
}

const firstMessage = (lines: readonly Line[]): string | undefined => lines.find(({ kind }) => kind === 'message')?.key;

/**
 * The scrolling of the message list. Following: the end stays in view, whatever comes. Detached: what one reads stays where it is, whatever
 * comes, above or below.
 */
export const useScrollList = (
  frame: Readonly<ShallowRef<HTMLElement | null>>,
  lines: Ref<readonly Line[]>,
  ends: ListEnds,
  view: { readonly id: string; readonly activeKey: Readonly<Ref<string | null>>; readonly isLed: () => boolean },
) => {
  const following = ref(true);
  const height = ref(0);
  let isLoading = false;
  let isPlacing = false;
  let isPlaced = false;
  /** What was read when something last came, or went, before it; or after it, when that was loaded. */
  let kept: Anchor | undefined;
  /** Where the list was at the last look. */
  let seen = { top: 0, height: 0 };

  const indexOf = (key: string | null): number =>
    key === null ? -1 : lines.value.findIndex((line) => line.key === key);

  // Before the virtualizer and the screen know of them: once they are drawn, what was read is elsewhere.
  watch(
    lines,
    (after, before) => {
      if (isLoading || firstMessage(after) !== firstMessage(before)) kept = anchor();
    },
    { flush: 'sync' },
  );

  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>(
    computed(() => {
      const list = lines.value;
      const active = indexOf(view.activeKey.value);
      return {
        count: list.length,
        getScrollElement: () => frame.value,
        getItemKey: (index: number) => list[index]?.key ?? index,
        estimateSize: (index: number) => ESTIMATE_PX[list[index]?.kind ?? 'message'],
        // The row that has the focus stays, however far one scrolls.
        rangeExtractor: (range: Range) => {
          const shown = defaultRangeExtractor(range);
          return active < 0 || shown.includes(active) ? shown : [...shown, active].sort((a, b) => a - b);
        },
        anchorTo: 'end' as const,
        followOnAppend: following.value,
        scrollEndThreshold: AT_END_PX,
        scrollPaddingStart: Math.round(height.value / 3),
        paddingStart: ends.hasOlder() ? 48 : 8,
        paddingEnd: ends.hasNewer() ? 48 : 12,
        overscan: 8,
      };
    }),
  );

  const scrollToEnd = (): void => {
    following.value = true;
    virtualizer.value.scrollToEnd();
  };
  const toEnd = async (): Promise<void> => {
    if (ends.hasNewer()) {
      await ends.loadNewest();
      await nextTick();
    }
    scrollToEnd();
  };
  /** `start`: with a third of the frame above it. */
  const toKey = (key: string, align: 'start' | 'center' | 'auto'): void => {
    const index = indexOf(key);
    if (index < 0) return;
    following.value = false;
    virtualizer.value.scrollToIndex(index, { align });
    lookSoon();
  };

  /** The first message in view and where it is: separators may go away when older messages come. */
  const anchor = (): Anchor | undefined => {
    const top = virtualizer.value.scrollOffset ?? 0;
    const item = virtualizer.value.getVirtualItems().find(({ key, end }) => end > top && !String(key).startsWith('#'));
    return item && { key: String(item.key), below: item.start - top };
  };
  const hold = (held: Anchor): void => {
    const item = virtualizer.value.measurementsCache[indexOf(held.key)];
    if (item && !following.value) virtualizer.value.scrollToOffset(item.start - held.below);
  };

  const takeKept = (): Anchor | undefined => {
    const taken = kept;
    kept = undefined;
    return taken;
  };
  /** What is on the screen stays where it is while more is put before or after it. */
  const loading = async (load: () => Promise<void>): Promise<void> => {
    if (isLoading) return;
    isLoading = true;
    try {
      const before = lines.value;
      takeKept();
      await load();
      await nextTick();
      if (lines.value === before) return;
      const held = takeKept();
      if (held) hold(held);
      lookSoon();
    } finally {
      isLoading = false;
    }
  };

  const measureEnd = (element: HTMLElement): void => {
    const below = element.scrollHeight - element.clientHeight - element.scrollTop;
    const isAtEnd = below <= AT_END_PX;
    // Much that comes at once is drawn before it is scrolled to: only who goes up wants to stay where they are.
    const shrunk = Math.max(0, seen.height - element.scrollHeight);
    const isUp = seen.top - shrunk - element.scrollTop > 1;
    seen = { top: element.scrollTop, height: element.scrollHeight };
    following.value = !ends.hasNewer() && (isAtEnd || (following.value && !isUp));
    if (following.value && !isAtEnd) virtualizer.value.scrollToEnd();
    const near = element.clientHeight * MORE_AT_VIEWPORTS;
    if (element.scrollTop < near && ends.hasOlder()) void loading(ends.loadOlder);
    else if (below < near && ends.hasNewer()) void loading(ends.loadNewer);
  };
  const scrolled = (): void => {
    if (frame.value && isPlaced) measureEnd(frame.value);
  };
  /** Where everything fits nothing scrolls, and nobody tells. */
  const lookSoon = (): void => {
    requestAnimationFrame(() => requestAnimationFrame(scrolled));
  };

  /** Where one begins to read: where one was, else at the first unread message, else at the end. */
  const place = async (): Promise<void> => {
    if (isPlacing || lines.value.length === 0) return;
    isPlacing = true;
    await nextTick();
    if (!view.isLed()) await takePlace();
    // Not before: the list is drawn at its end first, and that is no reason to load what comes after it.
    isPlaced = true;
    lookSoon();
  };
  const takePlace = async (): Promise<void> => {
    const held = positions.get(view.id);
    const hasUnread = indexOf('#new') >= 0;
    if (hasUnread) toKey('#new', 'start');
    else if (held && indexOf(held.key) >= 0) {
      toKey(held.key, 'auto');
      hold(held);
    } else await toEnd();
  };

  onMounted(() => {
    const element = frame.value;
    if (!element) return;
    height.value = element.clientHeight;
    // A smaller frame (keyboard, ribbon, longer draft) keeps the end in view, or else what is read.
    const observer = new ResizeObserver(() => {
      height.value = element.clientHeight;
      if (following.value) virtualizer.value.scrollToEnd();
    });
    observer.observe(element);
    onScopeDispose(() => {
      observer.disconnect();
    });
  });
  onBeforeUnmount(() => {
    const held = following.value ? undefined : anchor();
    if (held) positions.set(view.id, held);
    else positions.delete(view.id);
  });

  return { virtualizer, following, toEnd, toKey, scrolled, look: lookSoon, place };
};
