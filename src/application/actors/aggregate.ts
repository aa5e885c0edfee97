import {
  account,
  type AccountCommand,
  type AccountEvent,
  type AccountRejection,
  type AccountState,
} from '../../domain/account/index.js';
import {
  conversation,
  type ConversationCommand,
  type ConversationEvent,
  type ConversationRejection,
  type ConversationState,
} from '../../domain/conversation/index.js';
import { desk, type DeskCommand, type DeskEvent, type DeskRejection, type DeskState } from '../../domain/desk/index.js';
import {
  message,
  type MessageCommand,
  type MessageEvent,
  type MessageRejection,
  type MessageState,
} from '../../domain/message/index.js';
import {
  presence,
  type PresenceCommand,
  type PresenceEvent,
  type PresenceRejection,
  type PresenceState,
} from '../../domain/presence/index.js';
import {
  roster,
  type RosterCommand,
  type RosterEvent,
  type RosterRejection,
  type RosterState,
} from '../../domain/roster/index.js';
import type { Decider } from '../../domain/kernel/decider.js';
import type { Message } from '../../domain/kernel/message.js';
import type { StreamCategory } from '../ports/event-log.js';

/** An aggregate as the actor system runs it. */
export interface Aggregate<S, C extends Message, E extends Message, R extends string> {
  readonly category: StreamCategory;
  readonly decider: Decider<S, C, E, R>;
  /** Raise it when the state's shape changes: older snapshots are then ignored. */
  readonly snapshotVersion: number;
}

/** The one list of aggregates, by stream category. */
export interface Aggregates {
  account: Aggregate<AccountState, AccountCommand, AccountEvent, AccountRejection>;
  conversation: Aggregate<ConversationState, ConversationCommand, ConversationEvent, ConversationRejection>;
  desk: Aggregate<DeskState, DeskCommand, DeskEvent, DeskRejection>;
  message: Aggregate<MessageState, MessageCommand, MessageEvent, MessageRejection>;
  presence: Aggregate<PresenceState, PresenceCommand, PresenceEvent, PresenceRejection>;
  roster: Aggregate<RosterState, RosterCommand, RosterEvent, RosterRejection>;
}

export const AGGREGATES: Aggregates = {
  account: { category: 'account', decider: account, snapshotVersion: 1 },
  conversation: { category: 'conversation', decider: conversation, snapshotVersion: 2 },
  desk: { category: 'desk', decider: desk, snapshotVersion: 3 },
  message: { category: 'message', decider: message, snapshotVersion: 1 },
  presence: { category: 'presence', decider: presence, snapshotVersion: 1 },
  roster: { category: 'roster', decider: roster, snapshotVersion: 1 },
};

type Parts<K extends keyof Aggregates> =
  Aggregates[K] extends Aggregate<infer S, infer C, infer E, infer R>
    ? { state: S; command: C; event: E; rejection: R }
    : never;
export type StateOf<K extends keyof Aggregates> = Parts<K>['state'];
export type CommandOf<K extends keyof Aggregates> = Parts<K>['command'];
export type EventOf<K extends keyof Aggregates> = Parts<K>['event'];
export type RejectionOf<K extends keyof Aggregates> = Parts<K>['rejection'];
