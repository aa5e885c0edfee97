/** An open request: somebody asks to see the owner's presence; key: `owner/from`. */
export interface FavoriteRequestDocument {
  readonly from: string;
  readonly askedAt: number;
}

export const requestKey = (owner: string, from: string): string => `${owner}/${from}`;
