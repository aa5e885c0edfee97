/** How the link to the server is. `lostAt`: since when there is none; `null` before the first one ever. */
export type LinkStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly lostAt: number | null }
  | { readonly kind: 'live' }
  | { readonly kind: 'waiting'; readonly lostAt: number | null; readonly retryAt: number }
  | { readonly kind: 'signed-out' }
  /** The server speaks another version: only a newer page helps. */
  | { readonly kind: 'outdated' };
