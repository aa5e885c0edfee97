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
  type ParticipantsInvited,
} from '../../../src/domain/conversation/index.js';
import { asId, type MessageId, type UserId } from '../../../src/domain/kernel/ids.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import { deciderHarness } from '../../support/decider-harness.js';

const { given, state, produced } = deciderHarness('conversation', conversation);

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
  more: Partial<ParticipantsInvited['data']> = {},
): ConversationEvent => ({
  type: 'ParticipantsInvited',
  data: {
    ...{ conversationId, users, passedOver: [], invitedBy: by, participants: [] },
    ...{ sequence: 0, notice, invitedAt: now },
    ...more,
  },
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
      .then([invited(johnDoe, [peck], 4, { participants: [johnSmith], passedOver: [johnSmith, johnDoe, murdock] })]);
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
    const made = [invited(johnSmith, [peck], 5, { passedOver: [johnDoe, murdock] })];
    expect(produced(invite(murdock, peck, johnDoe, peck), made, [...two, murdockDeclined])).toBe(true);
    for (const others of [[peck], [peck, johnDoe], [peck, johnDoe, murdock, stranger], [johnDoe, murdock]])
      expect(produced(invite(...others), made, two)).toBe(false);
    expect(produced(invite(murdock), [smithInvitedPeck])).toBe(false);
    expect(produced(invite(peck), [smithJoined])).toBe(false);
  });
});

describe('answering an invitation', () => {
  it('S37 S42 whoever joins begins after the last message and the last notice', async () => {
    const after = await given(...two, posted(johnDoe, 1), posted(johnSmith, 2))
      .when(join, as(murdock))
      .then([joined(murdock, 2, 4)]);
    expect(after).toMatchObject({
      present: 3,
      invitations: {},
      spans: { [murdock]: [{ joinedAt: 2, leftAt: null, firstNotice: 4, lastNotice: null }] },
    });
  });

  it('S42 a message before the join and one after it stand on either side for everybody', async () => {
    const before = [...two, posted(johnDoe, 1)];
    await given(...before)
      .when(join, as(murdock))
      .then([joined(murdock, 1, 4)]);
    await given(...before, joined(murdock, 1, 4))
      .when(post(), as(johnDoe))
      .then([posted(johnDoe, 2)]);
  });

  it('S33 nobody joins or declines who is not invited, and all are told the same', async () => {
    for (const command of [join, decline]) {
      const refused = { rejected: 'invitation-void' } as const;
      await given().when(command, as(stranger)).then(refused);
      await given(...two)
        .when(command, as(stranger))
        .then(refused);
      await given(doeStartedWithSmith).when(command, as(stranger)).then(refused);
      await given(...two, left(johnSmith, 0, 4))
        .when(command, as(johnSmith))
        .then(refused);
      await given(...two, murdockDeclined)
        .when(command, as(murdock))
        .then(refused);
      await given(...two, murdockDeclined, smithInvitedPeck, smithWithdrewPeck)
        .when(command, as(peck))
        .then(refused);
    }
  });

  it('S37 a second click on Join finds its work done; one who takes part declines nothing', async () => {
    await given(...two)
      .when(join, as(johnSmith))
      .then([]);
    await given(...two)
      .when(decline, as(johnSmith))
      .then({ rejected: 'invitation-void' });
  });

  it('S40 whoever declines is not in the group, and can be invited again, by anybody who is', async () => {
    const declined = await given(...two)
      .when(decline, as(murdock))
      .then([{ ...murdockDeclined, data: { ...murdockDeclined.data, declinedAt: now } }]);
    expect(participantsOf(declined)).toEqual([johnDoe, johnSmith]);
    await given(...two, murdockDeclined)
      .when(post(), as(murdock))
      .then({ rejected: 'not-found' });
    const again = [...two, murdockDeclined, invited(johnSmith, [murdock], 5)];
    await given(...two, murdockDeclined)
      .when(invite(murdock), as(johnSmith))
      .then([invited(johnSmith, [murdock], 5, { participants: [johnDoe] })]);
    await given(...again)
      .when(join, as(murdock))
      .then([joined(murdock, 0, 6, johnSmith)]);
  });

  it('S33 an invitation stays good when whoever invited has left, even if nobody is left', async () => {
    await given(...two, left(johnDoe, 0, 4))
      .when(join, as(murdock))
      .then([joined(murdock, 0, 5)]);
    const alone = await given(...two, left(johnDoe, 0, 4), left(johnSmith, 0, 5))
      .when(join, as(murdock))
      .then([joined(murdock, 0, 6)]);
    expect(participantsOf(alone)).toEqual([murdock]);
  });
});

describe('withdrawing an invitation', () => {
  it('S33 whoever invited may, and nobody else', async () => {
    const given1 = [...two, murdockDeclined, smithInvitedPeck];
    const after = await given(...given1)
      .when(withdraw(peck), as(johnSmith))
      .then([{ ...smithWithdrewPeck, data: { ...smithWithdrewPeck.data, withdrawnAt: now } }]);
    expect(invitationOf(after, peck)).toBeNull();
    await given(...given1)
      .when(withdraw(peck), as(johnDoe))
      .then({ rejected: 'invitation-void' });
    await given(...given1)
      .when(withdraw(peck), as(stranger))
      .then({ rejected: 'not-found' });
  });

  it.each([
    ['of who joined', two, johnSmith],
    ['of who declined', [...two, murdockDeclined], murdock],
    ['of who was never invited', two, peck],
  ])('S33 is refused %s', async (_what, events, user) => {
    await given(...events)
      .when(withdraw(user), as(johnDoe))
      .then({ rejected: 'invitation-void' });
  });

  it('S33 S57 is open to any participant once whoever invited has left; until then it counts towards the limit', async () => {
    const gone = [...two, smithInvitedPeck, left(johnSmith, 0, 6), joined(stranger, 0, 7)];
    const withdrawn = (withdrawnBy: UserId): ConversationEvent => ({
      ...smithWithdrewPeck,
      data: { ...smithWithdrewPeck.data, withdrawnBy, notice: 8, withdrawnAt: now },
    });
    await given(...gone)
      .when(invite(johnSmith), as(johnDoe))
      .then({ rejected: 'too-many-participants' });
    const after = await given(...gone)
      .when(withdraw(peck), as(johnDoe))
      .then([withdrawn(johnDoe)]);
    expect(invitationOf(after, peck)).toBeNull();
    await given(...gone)
      .when(withdraw(peck), as(stranger))
      .then([withdrawn(stranger)]);
    await given(...gone, withdrawn(johnDoe))
      .when(invite(johnSmith), as(johnDoe))
      .then([invited(johnDoe, [johnSmith], 9, { participants: [stranger] })]);
    await given(...gone)
      .when(withdraw(peck), as(johnSmith))
      .then({ rejected: 'not-found' });
    await given(...gone, joined(johnSmith, 0, 8))
      .when(withdraw(peck), as(johnDoe))
      .then({ rejected: 'invitation-void' });
  });

  it('S33 of join and withdrawal, the first is good', async () => {
    await given(...two, joined(murdock, 0, 4))
      .when(withdraw(murdock), as(johnDoe))
      .then({ rejected: 'invitation-void' });
  });
});

describe('leaving', () => {
  it('S57 whoever leaves no longer takes part, and can do nothing there', async () => {
    const after = await given(...two, posted(johnDoe, 1))
      .when(leave, as(johnSmith))
      .then([left(johnSmith, 1, 4)]);
    expect(participantsOf(after)).toEqual([johnDoe]);
    expect(after).toMatchObject({ present: 1 });
    for (const command of [post(), invite(peck), withdraw(murdock), title('x'), leave])
      await given(...two, left(johnSmith, 0, 4))
        .when(command, as(johnSmith))
        .then({ rejected: 'not-found' });
  });

  it('S57 nobody leaves who does not take part', async () => {
    for (const other of [murdock, stranger])
      await given(...two)
        .when(leave, as(other))
        .then({ rejected: 'not-found' });
  });

  it('S57 the last one may leave; a start of the same group does not bring it back', async () => {
    const events = [...two, left(johnDoe, 0, 4)];
    const after = await given(...events)
      .when(leave, as(johnSmith))
      .then([left(johnSmith, 0, 5)]);
    expect(after).toMatchObject({ present: 0 });
    await given(...events, left(johnSmith, 0, 5))
      .when(start([johnSmith, murdock], 'Agenda'), as(johnDoe))
      .then({ rejected: 'not-found' });
  });

  it('S43 who joins again has two stays, and what was said between them is in neither', async () => {
    const events = [
      ...two,
      posted(johnDoe, 1),
      left(johnSmith, 1, 4),
      posted(johnDoe, 2),
      invited(johnDoe, [johnSmith], 5, { sequence: 2 }),
    ];
    const after = await given(...events)
      .when(join, as(johnSmith))
      .then([joined(johnSmith, 2, 6)]);
    expect(after).toMatchObject({
      present: 2,
      spans: {
        [johnSmith]: [
          { joinedAt: 0, leftAt: 1, firstNotice: 3, lastNotice: 4 },
          { joinedAt: 2, leftAt: null, firstNotice: 6, lastNotice: null },
        ],
      },
    });
  });
});

describe('the title', () => {
  const titled = (text: string | null, notice: number): ConversationEvent => ({
    type: 'ConversationTitled',
    data: { conversationId, title: text, titledBy: johnSmith, sequence: 0, notice, titledAt: now },
  });

  it('is given, changed and taken away by anybody who takes part', async () => {
    await given(...two)
      .when(title(' Budget\r\n2030 '), as(johnSmith))
      .then({ rejected: 'title-too-long' });
    await given(...two)
      .when(title(' Budget\r\n30 '), as(johnSmith))
      .then([titled('Budget 30', 4)]);
    await given(...two)
      .when(title('  '), as(johnSmith))
      .then([titled(null, 4)]);
    await given(...two)
      .when(title('x'), as(murdock))
      .then({ rejected: 'not-found' });
  });

  it('S86 that is so already changes nothing', async () => {
    await given(...two)
      .when(title('Agenda'), as(johnSmith))
      .then([]);
    await given(...two, doeTitled, titled(null, 8))
      .when(title(null), as(johnSmith))
      .then([]);
  });

  it('R5 a retry is known by it', () => {
    expect(produced(title(' Budget'), [doeTitled])).toBe(true);
    expect(produced(title('Other'), [doeTitled])).toBe(false);
    expect(produced(leave, [doeTitled])).toBe(false);
    expect(produced(leave, [smithLeft])).toBe(true);
  });
});

describe('a message in a group', () => {
  const events = [...two, posted(johnDoe, 1), joined(murdock, 1, 4), posted(johnDoe, 2)];

  it('answers another one that its author saw', async () => {
    await given(...events)
      .when(post(2), as(murdock))
      .then([posted(murdock, 3, { replyTo: 2 })]);
    await given(...events)
      .when(post(1), as(johnSmith))
      .then([posted(johnSmith, 3, { replyTo: 1 })]);
  });

  it.each([1, 3, 99, 0, -1])('S41 answers none that its author does not see: %d', async (replyTo) => {
    await given(...events)
      .when(post(replyTo), as(murdock))
      .then([posted(murdock, 3)]);
  });

  it('S43 answers one of an earlier stay, and none of an absence', async () => {
    const stays = [...events, left(johnSmith, 2, 5), posted(johnDoe, 3), joined(johnSmith, 3, 6)];
    for (const [replyTo, kept] of [
      [2, 2],
      [3, null],
    ] as const)
      await given(...stays)
        .when(post(replyTo), as(johnSmith))
        .then([posted(johnSmith, 4, { replyTo: kept })]);
  });

  it('mentions those who take part, each once', async () => {
    await given(...events, left(johnSmith, 2, 5))
      .when(post(null, [johnDoe, johnSmith, peck, johnDoe]), as(murdock))
      .then([posted(murdock, 3, { mentions: [johnDoe] })]);
  });

  it('S26 R5 a retry is known, though the answered message was not to be quoted', () => {
    expect(produced(post(1), [posted(murdock, 3)], events)).toBe(true);
    expect(produced(post(99), [posted(murdock, 3)], events)).toBe(true);
    expect(produced(post(null), [posted(murdock, 3)], events)).toBe(true);
  });

  it('R5 is not known by another answered message', () => {
    expect(produced(post(2), [posted(murdock, 3)], events)).toBe(false);
    expect(produced(post(1), [posted(murdock, 3, { replyTo: 2 })], events)).toBe(false);
    expect(produced(post(null), [posted(murdock, 3, { replyTo: 2 })], events)).toBe(false);
  });

  it('R5 is known by whom it mentions, whoever of them took part then, and by nobody else', () => {
    const gone = [...events, left(johnSmith, 2, 5)];
    const made = posted(murdock, 3, { mentions: [johnDoe] });
    const later = [left(johnDoe, 3, 6), joined(johnSmith, 3, 7), joined(peck, 3, 8)];
    for (const others of [gone, [...gone, made, ...later]]) {
      expect(produced(post(null, [johnSmith, johnDoe, peck]), [made], others)).toBe(true);
      expect(produced(post(null, [johnDoe]), [made], others)).toBe(true);
      expect(produced(post(null, [johnSmith]), [made], others)).toBe(false);
      expect(produced(post(null, [johnDoe, murdock]), [made], others)).toBe(false);
      expect(produced(post(), [made], others)).toBe(false);
    }
  });
});

describe('the state of a group', () => {
  it('is what all its examples come to', () => {
    const all = [...two, murdockDeclined, smithInvitedPeck, smithWithdrewPeck, doeTitled, smithLeft];
    expect(state(...all)).toEqual({
      kind: 'group',
      startedAt: 1_700_000_000_000,
      title: 'Budget',
      spans: {
        [johnDoe]: [{ joinedAt: 0, leftAt: null, firstNotice: 1, lastNotice: null }],
        [johnSmith]: [{ joinedAt: 0, leftAt: 0, firstNotice: 3, lastNotice: 8 }],
      },
      present: 1,
      invitations: {},
      lastSequence: 0,
      lastNotice: 8,
      lastPostedAt: null,
    });
  });
});
