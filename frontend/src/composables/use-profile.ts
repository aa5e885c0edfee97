import { shallowRef } from 'vue';

interface OpenProfile {
  readonly userId: string;
  /** What it was opened from: it stands beside it, and gives the focus back to it. */
  readonly anchor: HTMLElement;
}

const open = shallowRef<OpenProfile | null>(null);

/** The one mini profile of the window. */
export const useProfile = () => ({
  open,
  /** A second click closes it. */
  toggle: (userId: string, event: Event): void => {
    const anchor = event.currentTarget as HTMLElement;
    open.value = open.value?.anchor === anchor ? null : { userId, anchor };
  },
  close: (): void => {
    open.value = null;
  },
});
