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
  smithInvitedPeck,
  smithJoined,
  smithLeft,
  smithWithdrewPeck,
} from '../../../src/domain/conversation/examples.js';
import { conversations } from '../../../src/projections/conversations/conversations.projection.js';
import { projectionHarness } from '../../support/projection-harness.js';

const { given } = projectionHarness(conversations);

const started = {
  id: doeAndSmith,
  kind: 'direct',
  participants: [johnDoe, johnSmith],
  title: null,
  startedAt: doeStartedWithSmith.data.startedAt,
  lastSequence: 0,
  lastPostedAt: null,
} as const;

describe('conversations', () => {
  it('DirectConversationStarted makes the head, without a message', () =>
    given(doeStartedWithSmith).then({ [doeAndSmith]: started }));

  it('MessagePosted moves the last sequence and the time of the last message', () =>
    given(doeStartedWithSmith, doePosted(1), doePosted(2)).then({
      [doeAndSmith]: { ...started, lastSequence: 2, lastPostedAt: doePosted(2).data.postedAt },
    }));

  it('MessagePosted alone makes no head', () => given(doePosted(1)).then({}));

  it('holds no text of any message', async () => {
    await given(doeStartedWithSmith, doePosted(1, 'secret')).then({
      [doeAndSmith]: { ...started, lastSequence: 1, lastPostedAt: doePosted(1).data.postedAt },
    });
  });
});

describe('heads of groups', () => {
  const group = {
    id: aGroup,
    kind: 'group',
    participants: [johnDoe],
    title: 'Agenda',
    startedAt: doeStartedAGroup.data.startedAt,
    lastSequence: 0,
    lastPostedAt: null,
  } as const;
  const joined = (user: typeof johnDoe, notice: number) => ({
    ...smithJoined,
    data: { ...smithJoined.data, user, notice },
  });

  it('S29 GroupConversationStarted names only whoever started it', () =>
    given(doeStartedAGroup).then({ [aGroup]: group }));

  it('S29 an invitation, taken back or declined, changes no head', () =>
    given(doeStartedAGroup, murdockDeclined, smithInvitedPeck, smithWithdrewPeck).then({ [aGroup]: group }));

  it('S38 ParticipantJoined adds the participant, S57 ParticipantLeft takes them out, and joining again adds them', async () => {
    await given(doeStartedAGroup, smithJoined).then({ [aGroup]: { ...group, participants: [johnDoe, johnSmith] } });
    const left = [doeStartedAGroup, smithJoined, joined(murdock, 4), smithLeft];
    await given(...left).then({ [aGroup]: { ...group, participants: [johnDoe, murdock] } });
    await given(...left, joined(johnSmith, 9)).then({
      [aGroup]: { ...group, participants: [johnDoe, murdock, johnSmith] },
    });
  });

  it('S57 a head stays when the last participant left', () =>
    given(doeStartedAGroup, { ...smithLeft, data: { ...smithLeft.data, user: johnDoe } }).then({
      [aGroup]: { ...group, participants: [] },
    }));

  it('ConversationTitled changes the title, or takes it away', async () => {
    await given(doeStartedAGroup, doeTitled).then({ [aGroup]: { ...group, title: 'Budget' } });
    await given(doeStartedAGroup, { ...doeTitled, data: { ...doeTitled.data, title: null } }).then({
      [aGroup]: { ...group, title: null },
    });
  });
});
