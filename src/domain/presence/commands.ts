import type { SessionId, UserId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { Message } from '../kernel/message.js';
import type { Availability, Device, Imposed } from './state.js';

/** A session is one sign-in at one node; several tabs of a browser are one. */
interface AtNode {
  readonly user: UserId;
  readonly session: SessionId;
  readonly node: string;
}

/* What a node of the server sees. */
export type OpenSession = Message<'OpenSession', AtNode & { readonly device: Device }>;
export type CloseSession = Message<'CloseSession', AtNode>;
/** The node is gone, and with it all sessions that it had. */
export type ExpireSessions = Message<'ExpireSessions', { readonly user: UserId; readonly node: string }>;
export type MarkIdle = Message<'MarkIdle', AtNode & { readonly idle: boolean }>;

/* What the person does. */
export type ChooseAvailability = Message<
  'ChooseAvailability',
  {
    readonly user: UserId;
    readonly availability: Availability;
    readonly text: string | null;
    readonly until: Instant | null;
    readonly device: Device;
  }
>;

/* What time does. Too early or too late it changes nothing. */
export type LapseAvailability = Message<'LapseAvailability', { readonly user: UserId; readonly until: Instant }>;
/** `imposed`: what the person's schedule says now; `until`: when it says something else, `null`: never. */
export type ApplySchedule = Message<
  'ApplySchedule',
  { readonly user: UserId; readonly imposed: Imposed | null; readonly until: Instant | null }
>;

export type PresenceCommand =
  OpenSession | CloseSession | ExpireSessions | MarkIdle | ChooseAvailability | LapseAvailability | ApplySchedule;
