import type { ErrorBody } from './errors.js';
import type { CommandName, Commands, Queries, QueryName } from './requests.js';
import type { PersonView, Placed, ViewName, Views } from './views.js';

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
/** The person is writing. Send it at most every 3 s; it is never stored, and never answered. */
export interface WritingFrame {
  readonly t: 'writing';
  readonly conversationId: string;
}
/**
 * Whether the person was at this device within the last `idleMs`. Sent when that changes; a new connection counts as active. Never answered.
 */
export interface ActivityFrame {
  readonly t: 'activity';
  readonly active: boolean;
}
export type ClientFrame =
  HelloFrame | CommandFrame | QueryFrame | PongFrame | ResyncFrame | WritingFrame | ActivityFrame;

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
  /** Unicode code points. */
  readonly titleCodePoints: number;
  /** People in one group, invited ones included. */
  readonly participants: number;
  /** Unicode code points of one's own words beside a status. */
  readonly statusCodePoints: number;
  /** Milliseconds without input after which a device counts as idle. */
  readonly idleMs: number;
}
/**
 * Everything of the first screen, as of `at` or later. Replaces what the client has, except what it holds of the conversations that are still
 * there: what belongs to a conversation that is not named here is to be forgotten.
 */
export interface SnapshotFrame {
  readonly t: 'snapshot';
  readonly n: number;
  readonly at: number;
  readonly self: PersonView;
  readonly people: readonly PersonView[];
  readonly conversations: readonly Placed<Views['conversation']>[];
  readonly tabs: readonly Placed<Views['tab']>[];
  readonly invitations: readonly Placed<Views['invitation']>[];
  readonly invited: readonly Placed<Views['invited']>[];
  readonly preferences: Placed<Views['preferences']>;
  readonly favorites: readonly Placed<Views['favorite']>[];
  readonly requests: readonly Placed<Views['request']>[];
  readonly watchers: readonly Placed<Views['watcher']>[];
  /** One for each accepted favorite. */
  readonly presences: readonly Placed<Views['presence']>[];
  readonly ownPresence: Placed<Views['ownPresence']>;
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
        /** Names that a list gains (at its end, if it has them not) and loses. */
        readonly include?: Readonly<Record<string, readonly string[]>>;
        readonly exclude?: Readonly<Record<string, readonly string[]>>;
      }
    | { readonly view: V; readonly op: 'remove'; readonly key: string };
}[ViewName];
/** What one event changed for this person. `n` counts the pushed frames of a connection: a hole means resync. */
export interface DeltaFrame {
  readonly t: 'delta';
  readonly n: number;
  readonly at: number;
  readonly changes: readonly ViewChange[];
  /** Some of the people whom these changes name, and nobody else; ask for others with `people.get`. */
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
/** Somebody else is writing. Forget it after 6 s without another, or when their message comes. */
export interface WriterFrame {
  readonly t: 'writer';
  readonly conversationId: string;
  readonly userId: string;
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
  | WriterFrame
  | OutcomeFrame
  | AnswerFrame
  | ErrorFrame;
/** Frames that carry `n`. */
export type PushedFrame = SnapshotFrame | ResumedFrame | DeltaFrame;
