import {
  DEFAULT_PREFERENCES,
  type ConversationView,
  type MessageView,
  type PersonView,
  type SnapshotFrame,
  type TabView,
  type WelcomeFrame,
} from '../../../src/application/protocol/index.js';
import { DEFAULT_OWN_PRESENCE } from '../../../frontend/src/model/index.js';

export const ME: PersonView = { id: 'me', name: 'John Doe', email: null };
export const PEER: PersonView = { id: 'peer', name: 'John Smith', email: 'john.smith@example.org' };
export const CONVERSATION = 'conversation-1';

export const welcome: WelcomeFrame = {
  t: 'welcome',
  version: 1,
  userId: ME.id,
  sessionId: 'session',
  node: 'node',
  heartbeatMs: 25_000,
  limits: {
    messageCodePoints: 8_000,
    frameBytes: 65_536,
    pageSize: 100,
    titleCodePoints: 100,
    participants: 500,
    statusCodePoints: 100,
    idleMs: 600_000,
  },
};

/** Neither favorites nor requests, and nothing chosen. */
export const NOBODY = {
  favorites: [],
  requests: [],
  watchers: [],
  presences: [],
  ownPresence: { at: 0, doc: DEFAULT_OWN_PRESENCE },
} as const;

export const conversation = (lastSequence = 0, id = CONVERSATION): ConversationView => ({
  id,
  kind: 'direct',
  participants: [ME.id, PEER.id],
  title: null,
  startedAt: 1,
  lastSequence,
  lastPostedAt: lastSequence > 0 ? 1 : null,
});

export const tab = (part: Partial<TabView> = {}): TabView => ({
  conversationId: CONVERSATION,
  open: true,
  openedAt: 1,
  hiddenUpTo: 0,
  readMarker: 0,
  muted: false,
  mentionedAt: 0,
  mentionRetracted: 0,
  ...part,
});

export const message = (sequence: number, part: Partial<MessageView> = {}): MessageView => ({
  conversationId: CONVERSATION,
  sequence,
  messageId: `message-${sequence}`,
  author: PEER.id,
  text: `text ${sequence}`,
  replyTo: null,
  mentions: [],
  postedAt: sequence * 1_000,
  correctedAt: null,
  retractedAt: null,
  ...part,
});

export const snapshot = (at: number, lastSequence = 0, part: Partial<SnapshotFrame> = {}): SnapshotFrame => ({
  t: 'snapshot',
  n: 1,
  at,
  self: ME,
  people: [PEER],
  conversations: [{ at, doc: conversation(lastSequence) }],
  tabs: [{ at, doc: tab() }],
  invitations: [],
  invited: [],
  preferences: { at: 0, doc: DEFAULT_PREFERENCES },
  ...NOBODY,
  ...part,
});
