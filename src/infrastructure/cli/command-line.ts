import type { Operations } from './operations.js';
import type { Terminal } from './terminal.js';
import type { OpenStores } from './open-stores.js';

/** The operations for one run of the command line, and the way to let go of them. */
export interface Connected {
  readonly operations: Operations;
  close(): Promise<void>;
}

export interface CommandLine {
  readonly version: string;
  readonly terminal: Terminal;
  /** The running server's operations through its control socket, or the application in this process. */
  connect(): Promise<Connected>;
  /** The stores themselves, whether a server runs or not. */
  openStores(): Promise<OpenStores>;
  /** Aborts when the person wants to stop (Ctrl-C once). */
  readonly interrupted: AbortSignal;
  /** Runs the server until it is stopped. */
  serve(): Promise<void>;
}
