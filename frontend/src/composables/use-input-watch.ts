import type { Client } from '../client/index.js';
import { useEvent } from './use-event.js';

/** What only a person does: the page itself scrolls and moves the focus as well. */
const INPUT = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove'];

/** Tells the client of every sign that somebody is at this device; it makes presence of it. */
export const useInputWatch = ({ activity }: Client): void => {
  const seen = (): void => {
    activity.input();
  };
  useEvent(window, INPUT, seen);
  useEvent(window, ['focus'], ({ target }) => {
    if (target === window) seen();
  });
  useEvent(document, ['visibilitychange'], () => {
    if (!document.hidden) seen();
  });
};
