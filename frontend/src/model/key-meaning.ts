export interface Key {
  readonly key: string;
  readonly keyCode?: number;
  readonly isComposing?: boolean;
  readonly repeat?: boolean;
  readonly shiftKey?: boolean;
  readonly ctrlKey?: boolean;
  readonly altKey?: boolean;
  readonly metaKey?: boolean;
}

/** The key belongs to an input method. Safari says so only by the key code: there the composition ends before the key goes down. */
export const isComposing = ({ isComposing: composing = false, keyCode }: Key): boolean => composing || keyCode === 229;

/** What a key in the composer does (S19 to S22). `break` is the text field's own business, `swallow` prevents even that. */
export const meaningOf = (key: Key): 'send' | 'break' | 'swallow' | 'ignore' => {
  if (isComposing(key) || key.key !== 'Enter') return 'ignore';
  if (key.shiftKey) return 'break';
  if (key.ctrlKey || key.altKey || key.metaKey) return 'ignore';
  return key.repeat ? 'swallow' : 'send';
};
