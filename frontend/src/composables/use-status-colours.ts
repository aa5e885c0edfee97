import { ref } from 'vue';
import { kept } from './kept.js';

const STORED = 'parley.status-colours';
export const STATUS_COLOURS = ['default', 'original'] as const;
export type StatusColours = (typeof STATUS_COLOURS)[number];

const isStatusColours = (text: string | null): text is StatusColours => STATUS_COLOURS.some((one) => one === text);

const stored = kept.get(STORED);
const colours = ref<StatusColours>(isStatusColours(stored) ? stored : 'default');

/** The style sheets read it from the page. */
const show = (): void => {
  document.documentElement.dataset['statusColours'] = colours.value;
};
show();

export const useStatusColours = () => ({
  colours,
  setColours: (next: StatusColours): void => {
    colours.value = next;
    kept.set(STORED, next);
    show();
  },
});
