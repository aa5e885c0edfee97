import {
  aGroup,
  doeAndSmith,
  doePosted,
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
  messageCorrected,
  messageRetracted,
  reactionAdded,
  reactionRemoved,
} from '../../../src/domain/message/examples.js';
import {
  isMessage,
  isNotice,
  messageKey,
  noticeKey,
  type NoticeDocument,
} from '../../../src/projections/transcript/transcript.model.js';
import { transcript } from '../../../src/projections/transcript/transcript.projection.js';
import { projectionHarness } from '../../support/projection-harness.js';

const { given } = projectionHarness(transcript);

const entry = (sequence: number, text?: string) => ({
  ...doePosted(sequence, text).data,
  correctedAt: null,
  retractedAt: null,
});

describe('transcript', () => {
  it('MessagePosted keeps the message under its conversation and sequence', () =>
    given(doeStartedWithSmith, doePosted(1, 'Hi'), doePosted(2, 'there')).then({
      [messageKey(doeAndSmith, 1)]: entry(1, 'Hi'),
      [messageKey(doeAndSmith, 2)]: entry(2, 'there'),
    }));

  it('DirectConversationStarted is ignored', () => given(doeStartedWithSmith).then({}));

  it('SEC-27 keeps an erased message as one without text', () => {
    const { data, type } = doePosted(1);
    const erased = { ...data, text: null };
    return given({ type, data: erased }).then({ [messageKey(doeAndSmith, 1)]: { ...entry(1), text: null } });
  });

  it('keys sort as sequences do', () => {
    const sequences = [1, 2, 9, 10, 11, 99, 100, 12_345, 9_999_999_999];
    const keys = sequences.map((sequence) => messageKey(doeAndSmith, sequence));
    expect([...keys].sort()).toEqual(keys);
  });
});

describe('what became of a message', () => {
  const key = messageKey(doeAndSmith, 1);
  const { text, correctedAt } = messageCorrected.data;

  it('MessageCorrected replaces its text, and says when', () =>
    given(doePosted(1), messageCorrected).then({ [key]: { ...entry(1, text ?? ''), correctedAt } }));

  it('MessageRetracted leaves it without a text, corrected or not', async () => {
    const { retractedAt } = messageRetracted.data;
    await given(doePosted(1, 'secret'), messageRetracted).then({ [key]: { ...entry(1), text: null, retractedAt } });
    await given(doePosted(1, 'secret'), messageCorrected, messageRetracted).then({
      [key]: { ...entry(1), text: null, correctedAt, retractedAt },
    });
  });

  it('an answer to a message has its number and never its text', () =>
    given(
      doePosted(1, 'secret'),
      { ...doePosted(2), data: { ...doePosted(2).data, replyTo: 1 } },
      messageRetracted,
    ).then({
      [key]: { ...entry(1), text: null, retractedAt: messageRetracted.data.retractedAt },
      [messageKey(doeAndSmith, 2)]: { ...entry(2), replyTo: 1 },
    }));

  it('makes no message where none is; reactions are elsewhere', () =>
    given(messageCorrected, messageRetracted, reactionAdded, reactionRemoved).then({}));
});

describe('notices', () => {
  const notice = (number: number, doc: Partial<NoticeDocument>) => ({
    [noticeKey(aGroup, { sequence: 0, notice: number })]: {
      conversationId: aGroup,
      sequence: 0,
      notice: number,
      users: [],
      title: null,
      onlyFor: null,
      ...doc,
    } as NoticeDocument,
  });

  it('S28 a group begins with whom was invited, and that whoever started it joined', () => {
    const common = { by: johnDoe, happenedAt: doeStartedAGroup.data.startedAt };
    return given(doeStartedAGroup).then({
      ...notice(1, { ...common, what: 'invited', users: [johnSmith, murdock] }),
      ...notice(2, { ...common, what: 'joined' }),
    });
  });

  it('S39 S57 tell who joined, left, invited and gave a title', () =>
    given(smithJoined, smithInvitedPeck, doeTitled, smithLeft).then({
      ...notice(3, { what: 'joined', by: johnSmith, happenedAt: smithJoined.data.joinedAt }),
      ...notice(5, { what: 'invited', by: johnSmith, users: [peck], happenedAt: smithInvitedPeck.data.invitedAt }),
      ...notice(7, { what: 'titled', by: johnDoe, title: 'Budget', happenedAt: doeTitled.data.titledAt }),
      ...notice(8, { what: 'left', by: johnSmith, happenedAt: smithLeft.data.leftAt }),
    }));

  it('S40 tell only whoever invited that somebody declined, or that the invitation was taken back', () =>
    given(murdockDeclined, smithWithdrewPeck).then({
      ...notice(4, {
        what: 'declined',
        by: murdock,
        users: [murdock],
        onlyFor: johnDoe,
        happenedAt: murdockDeclined.data.declinedAt,
      }),
      ...notice(6, {
        what: 'withdrawn',
        by: johnSmith,
        users: [peck],
        onlyFor: johnSmith,
        happenedAt: smithWithdrewPeck.data.withdrawnAt,
      }),
    }));

  it('stand after their message and before the next, in their order', () => {
    const keys = [
      noticeKey(aGroup, { sequence: 0, notice: 2 }),
      messageKey(aGroup, 1),
      noticeKey(aGroup, { sequence: 1, notice: 9 }),
      noticeKey(aGroup, { sequence: 1, notice: 10 }),
      messageKey(aGroup, 2),
      noticeKey(aGroup, { sequence: 10, notice: 1 }),
    ];
    expect([...keys].sort()).toEqual(keys);
  });

  it('are told from messages', () => {
    const aNotice = Object.values(notice(1, {}))[0]!;
    expect([isNotice(aNotice), isMessage(aNotice), isNotice(entry(1)), isMessage(entry(1))]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});
