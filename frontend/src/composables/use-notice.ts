import { ref, shallowRef } from 'vue';
import type { ErrorCode } from '../../../src/application/protocol/index.js';
import { useWords } from './use-words.js';

const SHOWN_MS = 6_000;

export interface BriefNotice {
  readonly text: string;
  readonly isProblem: boolean;
}

/** What came of something that leaves no trace where it was clicked. One at a time: the newest. */
const notice = shallowRef<BriefNotice | null>(null);
/** A notice that is read or pointed at stays. */
const isHeld = ref(false);
let timer: ReturnType<typeof setTimeout> | undefined;

const wait = (): void => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (isHeld.value) wait();
    else notice.value = null;
  }, SHOWN_MS);
};
const show = (next: BriefNotice): void => {
  notice.value = next;
  wait();
};

export const useNotice = () => {
  const { words } = useWords();
  return {
    notice,
    isHeld,
    dismiss: (): void => {
      notice.value = null;
    },
    /** Says what was done, or why the server said no. */
    answer: (problem: ErrorCode | null, done: string | null): void => {
      if (problem !== null) show({ text: words.value.problems[problem], isProblem: true });
      else if (done !== null) show({ text: done, isProblem: false });
    },
  };
};
