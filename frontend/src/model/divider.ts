/**
 * Where the "New" divider is: the last sequence before it. It is put where unread began and stays there while one reads, until one writes
 * or leaves the tab.
 */
export const nextDivider = (
  divider: number | null,
  seen: { readonly unread: number; readonly readMarker: number },
): number | null => divider ?? (seen.unread > 0 ? seen.readMarker : null);
