import type {
  ConversationView,
  InvitationView,
  NoticeView,
  PersonView,
  Queries,
  SnapshotFrame,
  ViewChange,
} from '../../../src/application/protocol/index.js';
import { applyFrame, applyPage, NOTHING, type ClientState } from '../../../frontend/src/model/index.js';
import { conversation, ME, message, PEER, snapshot, tab } from './frames.js';

export const GROUP = 'group-1';
export const ANNA: PersonView = { id: 'anna', name: 'Anna Prades', email: null };

export const group = (lastSequence = 0, part: Partial<ConversationView> = {}): ConversationView => ({
  ...conversation(lastSequence, GROUP),
  kind: 'group',
  ...part,
});

export const notice = (sequence: number, number: number, part: Partial<NoticeView> = {}): NoticeView => ({
  conversationId: GROUP,
  sequence,
  notice: number,
  what: 'joined',
  by: PEER.id,
  users: [],
  title: null,
  onlyFor: null,
  happenedAt: 1,
  ...part,
});

export const invitation = (part: Partial<InvitationView> = {}): InvitationView => ({
  conversationId: GROUP,
  invitedBy: PEER.id,
  others: [ANNA.id],
  invitedAt: 5,
  ...part,
});

export const inGroup = (at: number, lastSequence = 0, part: Partial<SnapshotFrame> = {}): SnapshotFrame =>
  snapshot(at, 0, {
    conversations: [{ at, doc: group(lastSequence) }],
    tabs: [{ at, doc: tab({ conversationId: GROUP }) }],
    ...part,
  });

export const delta = (state: ClientState, at: number, ...changes: ViewChange[]): ClientState =>
  applyFrame(state, { t: 'delta', n: 1, at, changes });

export const opened = (lastSequence = 0): ClientState => applyFrame(NOTHING, inGroup(10, lastSequence));

type Page = Queries['transcript.page'];

/** An answer with these messages and notices of the group. */
export const page = (
  sequences: readonly number[],
  notices: readonly (readonly [number, number])[] = [],
  more = false,
): Page['result'] => ({
  messages: sequences.map((sequence) => ({ at: 10, doc: message(sequence, { conversationId: GROUP }) })),
  notices: notices.map(([sequence, number]) => ({ at: 10, doc: notice(sequence, number) })),
  reactions: [],
  more,
});

export const paged = (state: ClientState, asked: Partial<Page['data']>, answer: Page['result']): ClientState =>
  applyPage(state, { conversationId: GROUP, limit: 50, ...asked }, answer);

export const removed: ViewChange[] = [
  { view: 'conversation', op: 'remove', key: GROUP },
  { view: 'tab', op: 'remove', key: GROUP },
];

export const said = (sequence: number, mentions: readonly string[] = []): ViewChange => ({
  view: 'message',
  op: 'put',
  key: `${GROUP}/${sequence}`,
  doc: message(sequence, { conversationId: GROUP, mentions }),
});

export { ME, PEER };
