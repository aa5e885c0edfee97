import type { MessageView, TabView } from '../../../src/application/protocol/index.js';

/** Whether the window title should call for attention (S60 to S63). It is about the window, not about what is read. */
export interface Attention {
  readonly calling: boolean;
}

export const AT_REST: Attention = { calling: false };

export type AttentionEvent =
  | { readonly kind: 'arrived'; readonly windowFocused: boolean }
  | { readonly kind: 'window-focused' }
  | { readonly kind: 'unread'; readonly total: number };

export const attend = (attention: Attention, event: AttentionEvent): Attention => {
  switch (event.kind) {
    case 'arrived':
      return event.windowFocused ? attention : { calling: true };
    case 'window-focused':
      return AT_REST;
    case 'unread': // read on another device
      return event.total === 0 ? AT_REST : attention;
  }
};

/** The title in the given second of calling; the words come first, so that something is seen at once. */
export const titleAt = ({ calling }: Attention, second: number, normal: string, words: string): string =>
  calling && second % 2 === 0 ? words : normal;

/** A muted conversation does not call, unless one is mentioned. */
export const callsFor = (
  { mentions }: Pick<MessageView, 'mentions'>,
  tab: Pick<TabView, 'muted'> | null | undefined,
  self: string | undefined,
): boolean => !tab?.muted || (self !== undefined && mentions.includes(self));
