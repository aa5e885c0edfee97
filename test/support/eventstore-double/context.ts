import type { Access } from './access.js';
import type { Journal } from './journal.js';

export interface EndPoint {
  readonly address: string;
  readonly port: number;
}

/** What the services of one double share. */
export interface Context {
  readonly journal: Journal;
  readonly access: Access;
  readonly maxAppendSize: number;
  readonly batchAppend: boolean;
  /** Whether subscriptions are told when they have caught up, as from 23.10 on. */
  readonly tellsCaughtUp: boolean;
  /** `null`: this node leads. */
  readonly leader: () => EndPoint | null;
  /** Runs a write, unless a fault was asked for that cuts the connection before it or behind it. */
  readonly storing: <T>(write: () => T) => T;
  /** Ends all subscriptions that were made with it. */
  readonly subscriptions: Set<() => void>;
  readonly members: () => readonly (EndPoint & { readonly leads: boolean })[];
}

/** The connection is gone: there is nobody to answer. */
export class Severed extends Error {
  override readonly name = 'Severed';
}
