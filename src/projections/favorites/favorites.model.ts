/** Somebody whom the owner marked with the star; key: `owner/user`. See `FavoriteView` of the protocol for what the fields mean. */
export interface FavoriteDocument {
  readonly user: string;
  readonly state: 'asked' | 'accepted';
  readonly askedAt: number;
}

export const favoriteKey = (owner: string, user: string): string => `${owner}/${user}`;
