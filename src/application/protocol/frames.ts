import type { ErrorBody } from './errors.js';
import type { CommandName, Commands, Queries, QueryName } from './requests.js';
import type { PersonView, ViewName, Views } from './views.js';

/** The version this page describes. A server that speaks another closes with `unsupported-version`. */
export const PROTOCOL_VERSION = 1;
/** The path of the socket, below the public URL. */
export const SOCKET_PATH = '/socket';

/* ---- client to server ---- */

/** The first frame of a connection. */
export interface HelloFrame {
  readonly t: 'hello';
  readonly version: number;
  /** The log position up to which the client has applied everything; left out on the first connection. */
  readonly resume?: number;
}
/** `id`: a UUID that the client makes, and keeps for every retry of the same intention. */
export type CommandFrame = {
  [N in CommandName]: {
    readonly t: 'command';
    readonly id: string;
    readonly name: N;
    readonly data: Commands[N]['data'];
  };
}[CommandName];
/** `id`: any short text that the client has not used for another open query of this connection. */
export type QueryFrame = {
  [N in QueryName]: { readonly t: 'query'; readonly id: string; readonly name: N; readonly data: Queries[N]['data'] };
}[QueryName];
/** Answer to the server's `ping`. */
export interface PongFrame {
  readonly t: 'pong';
}
/** Ask for a `resumed` or `snapshot` on this connection, for instance after a hole in `n`. */
export interface ResyncFrame {
  readonly t: 'resync';
  readonly resume?: number;
}
export type ClientFrame = HelloFrame | CommandFrame | QueryFrame | PongFrame | ResyncFrame;

/* ---- server to client ---- */

/** The answer to `hello`. Then comes `resumed` or `snapshot`. */
export interface WelcomeFrame {
  readonly t: 'welcome';
  readonly version: number;
  readonly userId: string;
  readonly sessionId: string;
  readonly node: string;
  /** The server pings this often; a client that heard nothing for twice as long takes the link for dead. */
  readonly heartbeatMs: number;
  readonly limits: ClientLimits;
}
export interface ClientLimits {
  /** Unicode code points. */
  readonly messageCodePoints: number;
  readonly frameBytes: number;
  readonly pageSize: number;
}
/** Each document with the position of the newest event that is in it. */
export interface Placed<Doc> {
  readonly at: number;
  readonly doc: Doc;
}
/** Everything of the first screen, as of `at` or later. Replaces what the client has, messages excepted. */
export interface SnapshotFrame {
  readonly t: 'snapshot';
  readonly n: number;
  readonly at: number;
  readonly self: PersonView;
  readonly people: readonly PersonView[];
  readonly conversations: readonly Placed<Views['conversation']>[];
  readonly tabs: readonly Placed<Views['tab']>[];
}
/** The client's state at `resume` is a valid start: the deltas since then follow. */
export interface ResumedFrame {
  readonly t: 'resumed';
  readonly n: number;
  readonly at: number;
}
/** Applied only if the client's document is not newer (`doc.at <= at`), so twice or late is harmless. */
export type ViewChange = {
  [V in ViewName]:
    | { readonly view: V; readonly op: 'put'; readonly key: string; readonly doc: Views[V] }
    | {
        readonly view: V;
        readonly op: 'patch';
        readonly key: string;
        readonly set?: Partial<Views[V]>;
        readonly max?: Partial<Views[V]>;
      }
    | { readonly view: V; readonly op: 'remove'; readonly key: string };
}[ViewName];
/** What one event changed for this person. `n` counts the pushed frames of a connection: a hole means resync. */
export interface DeltaFrame {
  readonly t: 'delta';
  readonly n: number;
  readonly at: number;
  readonly changes: readonly ViewChange[];
  /** People whom the changes name for the first time. */
  readonly people?: readonly PersonView[];
}
/** `at`: there is nothing for the client up to this position. Answer with `pong`. */
export interface PingFrame {
  readonly t: 'ping';
  readonly at: number;
}
/** The server dropped deltas that the client was too slow for: send `resync`. */
export interface FellBehindFrame {
  readonly t: 'fell-behind';
}
/** Answer to a command. Accepted: the events are on stable storage, at the position `at`. */
export type OutcomeFrame =
  | { readonly t: 'outcome'; readonly id: string; readonly ok: true; readonly at: number; readonly result: object }
  | { readonly t: 'outcome'; readonly id: string; readonly ok: false; readonly error: ErrorBody };
/** Answer to a query. */
export type AnswerFrame =
  | { readonly t: 'answer'; readonly id: string; readonly ok: true; readonly result: object }
  | { readonly t: 'answer'; readonly id: string; readonly ok: false; readonly error: ErrorBody };
/** A frame could not be understood, or the connection is in no state for it. */
export interface ErrorFrame {
  readonly t: 'error';
  /** The id of the frame, where one could be read. */
  readonly id?: string;
  readonly error: ErrorBody;
}
export type ServerFrame =
  | WelcomeFrame
  | SnapshotFrame
  | ResumedFrame
  | DeltaFrame
  | PingFrame
  | FellBehindFrame
  | OutcomeFrame
  | AnswerFrame
  | ErrorFrame;
/** Frames that carry `n`. */
export type PushedFrame = SnapshotFrame | ResumedFrame | DeltaFrame;
