import type { MessageLine } from '../model/index.js';

/** The one menu of a message list, at the button of the message that it is for. */
export interface MenuPlace {
  readonly line: MessageLine;
  readonly button: HTMLElement;
  readonly only: 'reactions' | null;
}
