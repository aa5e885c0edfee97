/** Somebody whom the owner allowed to see their presence; key: `owner/user`. */
export interface WatcherDocument {
  readonly user: string;
  readonly since: number;
}

export const watcherKey = (owner: string, user: string): string => `${owner}/${user}`;
