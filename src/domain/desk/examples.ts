import { asId, type ConversationId, type UserId } from '../kernel/ids.js';
import { asInstant } from '../kernel/instant.js';
import type {
  ConversationMuted,
  ConversationUnmuted,
  ReadingHidden,
  ReadingShared,
  ReadMarkerMoved,
  ScheduleSet,
  TabClosed,
  TabOpened,
} from './events.js';

const owner = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a01');
const conversationId = asId<ConversationId>('7b0ad8ce-6c9e-5a60-9a3b-2d1c56a1f001');

export const tabOpened: TabOpened = {
  type: 'TabOpened',
  data: { owner, conversationId, openedAt: asInstant(1_700_000_000_000) },
};
export const tabClosed: TabClosed = { type: 'TabClosed', data: { owner, conversationId, upTo: 3 } };
export const readMarkerMoved: ReadMarkerMoved = {
  type: 'ReadMarkerMoved',
  data: { owner, conversationId, sequence: 2, shared: true },
};
export const conversationMuted: ConversationMuted = {
  type: 'ConversationMuted',
  data: { owner, conversationId, mutedAt: asInstant(1_700_000_000_000) },
};
export const conversationUnmuted: ConversationUnmuted = {
  type: 'ConversationUnmuted',
  data: { owner, conversationId, unmutedAt: asInstant(1_700_000_001_000) },
};
export const readingHidden: ReadingHidden = {
  type: 'ReadingHidden',
  data: { owner, hiddenAt: asInstant(1_700_000_002_000), schedule: null },
};
export const readingShared: ReadingShared = {
  type: 'ReadingShared',
  data: { owner, sharedAt: asInstant(1_700_000_003_000), schedule: null },
};
export const scheduleSet: ScheduleSet = {
  type: 'ScheduleSet',
  data: {
    owner,
    schedule: {
      zone: 'Europe/Paris',
      workingHours: { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 18 * 60 },
      doNotDisturb: [{ days: [1], from: 14 * 60, to: 15 * 60 }],
    },
    setAt: asInstant(1_700_000_004_000),
    sharesReading: true,
  },
};
