import { DEFAULT_LIMITS } from '../../../src/application/protocol/index.js';
import {
  aGroup,
  doeAndSmith,
  doeStartedAGroup,
  doeStartedWithSmith,
  doeTitled,
  johnDoe,
  johnSmith,
  murdock,
  murdockDeclined,
  peck,
  smithInvitedPeck,
  smithJoined,
  smithLeft,
  smithWithdrewPeck,
} from '../../../src/domain/conversation/examples.js';
import {
  conversation,
  invitationOf,
  participantsOf,
  type ConversationCommand,
  type ConversationEvent,
  type MessagePosted,
  type ParticipantJoined,
} from '../../../src/domain/conversation/index.js';
import { asId, type MessageId, type UserId } from '../../../src/domain/kernel/ids.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import { deciderHarness } from '../../support/decider-harness.js';

const { given, state } = deciderHarness('conversation', conversation);

const conversationId = aGroup;
const now = asInstant(1_700_000_500_000);
const limits = { ...DEFAULT_LIMITS, participants: 4, titleCodePoints: 10 };
const as = (principal: UserId) => ({ principal, now, limits });
const stranger = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a05');

const start = (invited: readonly UserId[], title: string | null = null): ConversationCommand => ({
  type: 'StartGroupConversation',
  data: { conversationId, invited, title },
});
const invite = (...users: UserId[]): ConversationCommand => ({
  type: 'InviteParticipants',
  data: { conversationId, users },
});
const withdraw = (user: UserId): ConversationCommand => ({
  type: 'WithdrawInvitation',
  data: { conversationId, user },
});
const join: ConversationCommand = { type: 'JoinConversation', data: { conversationId } };
const decline: ConversationCommand = { type: 'DeclineInvitation', data: { conversationId } };
const leave: ConversationCommand = { type: 'LeaveConversation', data: { conversationId } };
const title = (text: string | null): ConversationCommand => ({
  type: 'TitleConversation',
  data: { conversationId, title: text },
});
const messageId = asId<MessageId>('5d3cbd0a-1f61-4a57-8f4a-0000000000ff');
const post = (replyTo: number | null = null, mentions: readonly UserId[] = []): ConversationCommand => ({
  type: 'PostMessage',
  data: { conversationId, messageId, text: 'Hi', replyTo, mentions },
});

const posted = (author: UserId, sequence: number, more: Partial<MessagePosted['data']> = {}): MessagePosted => ({
  type: 'MessagePosted',
  data: {
    conversationId,
    messageId,
    sequence,
    author,
    text: 'Hi',
    replyTo: null,
    mentions: [],
    postedAt: now,
    ...more,
  },
});
const joined = (user: UserId, sequence: number, notice: number, invitedBy = johnDoe): ParticipantJoined => ({
  type: 'ParticipantJoined',
  data: { conversationId, user, invitedBy, sequence, notice, joinedAt: now },
});
const left = (user: UserId, sequence: number, notice: number): ConversationEvent => ({
  type: 'ParticipantLeft',
  data: { conversationId, user, sequence, notice, leftAt: now },
});
const invited = (
  by: UserId,
  users: readonly UserId[],
  notice: number,
  more: { readonly participants?: readonly UserId[]; readonly sequence?: number } = {},
): ConversationEvent => ({
  type: 'ParticipantsInvited',
  data: { conversationId, users, invitedBy: by, participants: [], sequence: 0, notice, invitedAt: now, ...more },
});
/** Doe and Smith take part, Murdock is invited. */
const two = [doeStartedAGroup, smithJoined];

describe('starting a group', () => {
  const started = (users: readonly UserId[], called: string | null = null): ConversationEvent => ({
    type: 'GroupConversationStarted',
    data: { conversationId, startedBy: johnDoe, invited: users, title: called, startedAt: now },
  });

  it('S24 begins with whoever starts it; S34 each of the others is invited', async () => {
    const after = await given()
      .when(start([johnSmith, murdock]), as(johnDoe))
      .then([started([johnSmith, murdock])]);
    expect(participantsOf(after)).toEqual([johnDoe]);
    for (const user of [johnSmith, murdock]) expect(invitationOf(after, user)).toEqual({ invitedBy: johnDoe });
    expect(invitationOf(after, peck)).toBeNull();
  });

  it('S34 invites each once, and never whoever starts it', async () => {
    await given()
      .when(start([johnSmith, johnDoe, johnSmith]), as(johnDoe))
      .then([started([johnSmith])]);
    for (const nobody of [[], [johnDoe]])
      await given().when(start(nobody), as(johnDoe)).then({ rejected: 'nobody-to-invite' });
  });

  it('S24 counts everybody towards the limit', async () => {
    await given()
      .when(start([johnSmith, murdock, peck]), as(johnDoe))
      .then([started([johnSmith, murdock, peck])]);
    await given()
      .when(start([johnSmith, murdock, peck, stranger]), as(johnDoe))
      .then({ rejected: 'too-many-participants' });
  });

  it('S26 the same start again makes no second group', async () => {
    await given(doeStartedAGroup)
      .when(start([johnSmith, murdock]), as(johnDoe))
      .then([]);
    await given(doeStartedAGroup)
      .when(start([johnSmith]), as(stranger))
      .then({ rejected: 'not-found' });
  });

  it('S26 a retry is known by its people and its title, in any order', () => {
    const { produced } = conversation;
    expect(produced(start([murdock, johnSmith, johnDoe], ' Agenda '), [doeStartedAGroup])).toBe(true);
    expect(produced(start([johnSmith], 'Agenda'), [doeStartedAGroup])).toBe(false);
    expect(produced(start([johnSmith, murdock, peck], 'Agenda'), [doeStartedAGroup])).toBe(false);
    expect(produced(start([johnSmith, murdock], 'Other'), [doeStartedAGroup])).toBe(false);
    expect(produced(start([johnSmith, murdock], 'Agenda'), [doeStartedWithSmith])).toBe(false);
    expect(produced(start([johnSmith, murdock], 'Agenda'), [])).toBe(false);
  });

  it('S32 nobody is given a group for a private conversation, nor the other way round', async () => {
    await given(doeStartedWithSmith)
      .when(start([murdock]), as(johnDoe))
      .then({ rejected: 'not-found' });
    await given(...two)
      .when({ type: 'StartDirectConversation', data: { conversationId, with: johnSmith } }, as(johnDoe))
      .then({ rejected: 'not-found' });
  });

  it('keeps a title of one line, or none', async () => {
    await given()
      .when(start([johnSmith], '  The\n  plan '), as(johnDoe))
      .then([started([johnSmith], 'The plan')]);
    await given()
      .when(start([johnSmith], ' \t'), as(johnDoe))
      .then([started([johnSmith])]);
    await given()
      .when(start([johnSmith], '😀'.repeat(10)), as(johnDoe))
      .then([started([johnSmith], '😀'.repeat(10))]);
    await given()
      .when(start([johnSmith], '😀'.repeat(11)), as(johnDoe))
      .then({ rejected: 'title-too-long' });
  });
});

describe('inviting', () => {
  it('S31 every participant may, not only whoever started it; S35 only whom they name is invited', async () => {
    const after = await given(...two)
      .when(invite(peck), as(johnSmith))
      .then([invited(johnSmith, [peck], 4, { participants: [johnDoe] })]);
    expect(invitationOf(after, peck)).toEqual({ invitedBy: johnSmith });
    expect(invitationOf(after, murdock)).toEqual({ invitedBy: johnDoe });
    expect(invitationOf(after, stranger)).toBeNull();
  });

  it('S31 nobody else may: invited, declined, gone, or a stranger', async () => {
    for (const other of [murdock, stranger])
      await given(...two)
        .when(invite(peck), as(other))
        .then({ rejected: 'not-found' });
    await given(...two, left(johnSmith, 0, 4))
      .when(invite(peck), as(johnSmith))
      .then({ rejected: 'not-found' });
    await given().when(invite(peck), as(johnDoe)).then({ rejected: 'not-found' });
  });

  it('S35 passes over who takes part or is invited, and each name but once', async () => {
    await given(...two)
      .when(invite(johnSmith, peck, johnDoe, murdock, peck), as(johnDoe))
      .then([invited(johnDoe, [peck], 4, { participants: [johnSmith] })]);
    await given(...two)
      .when(invite(johnSmith, murdock), as(johnDoe))
      .then([]);
  });

  it('S35 counts those who are invited towards the limit', async () => {
    await given(...two)
      .when(invite(peck, stranger), as(johnDoe))
      .then({ rejected: 'too-many-participants' });
  });

  it('S40 whoever declined, left, or whose invitation was withdrawn makes room', async () => {
    const full = [...two, invited(johnDoe, [peck], 4)];
    await given(...full)
      .when(invite(stranger), as(johnDoe))
      .then({ rejected: 'too-many-participants' });
    for (const gone of [{ ...murdockDeclined, data: { ...murdockDeclined.data, notice: 5 } }, left(johnSmith, 0, 5)])
      await given(...full, gone)
        .when(invite(stranger), as(johnDoe))
        .then([invited(johnDoe, [stranger], 6, { participants: gone.type === 'ParticipantLeft' ? [] : [johnSmith] })]);
  });

  it('names ten of those who take part, and not whoever invites', async () => {
    const users = Array.from({ length: 12 }, (_, n) =>
      asId<UserId>(`0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1b${String(n).padStart(2, '0')}`),
    );
    const all = users.map((user, n) => joined(user, 0, 3 + n));
    await given({ ...doeStartedAGroup, data: { ...doeStartedAGroup.data, invited: users } }, ...all)
      .when(invite(peck), { ...as(johnDoe), limits: DEFAULT_LIMITS })
      .then([invited(johnDoe, [peck], 15, { participants: users.slice(0, 10) })]);
  });

  it('S32 a private conversation stays one of two', async () => {
    const data = { conversationId: doeAndSmith };
    const commands: ConversationCommand[] = [
      { type: 'InviteParticipants', data: { ...data, users: [murdock] } },
      { type: 'WithdrawInvitation', data: { ...data, user: murdock } },
      { type: 'TitleConversation', data: { ...data, title: 'x' } },
      { type: 'LeaveConversation', data },
    ];
    for (const command of commands) {
      await given(doeStartedWithSmith).when(command, as(johnDoe)).then({ rejected: 'not-a-group' });
      await given(doeStartedWithSmith).when(command, as(stranger)).then({ rejected: 'not-found' });
    }
  });

  it('R5 a retry is known by whom it invited, those who were passed over included', () => {
    const { produced } = conversation;
    expect(produced(invite(johnDoe, peck), [smithInvitedPeck])).toBe(true);
    expect(produced(invite(murdock), [smithInvitedPeck])).toBe(false);
    expect(produced(invite(peck), [smithJoined])).toBe(false);
  });
});
