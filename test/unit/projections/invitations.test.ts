import {
  aGroup,
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
import { asId, type UserId } from '../../../src/domain/kernel/ids.js';
import { invitationKey, type InvitationDocument } from '../../../src/projections/invitations/invitations.model.js';
import { invitations } from '../../../src/projections/invitations/invitations.projection.js';
import { invitedKey, type InvitedDocument } from '../../../src/projections/invited/invited.model.js';
import { invited } from '../../../src/projections/invited/invited.projection.js';
import { projectionHarness } from '../../support/projection-harness.js';

const conversationId = aGroup;
const startedAt = doeStartedAGroup.data.startedAt;
/** Murdock declined Doe's invitation, and Smith invites him. */
const smithInvitedMurdock = {
  ...smithInvitedPeck,
  data: { ...smithInvitedPeck.data, users: [murdock] },
};
const murdockJoinedSmith = {
  ...smithJoined,
  data: { ...smithJoined.data, user: murdock, invitedBy: johnSmith, notice: 6 },
};

describe('invitations, as the invited see them', () => {
  const { given } = projectionHarness(invitations);
  const invitation = (user: UserId, more: Partial<InvitationDocument>): Record<string, InvitationDocument> => ({
    [invitationKey(user, aGroup)]: { conversationId, invitedBy: johnDoe, others: [], invitedAt: startedAt, ...more },
  });
  const smiths = invitation(johnSmith, { others: [murdock] });
  const murdocks = invitation(murdock, { others: [johnSmith] });

  it('S34 everybody with whom a group is started has one, and sees who else', () =>
    given(doeStartedAGroup).then({ ...smiths, ...murdocks }));

  it('S34 names ten others at most, and never the invited themselves', () => {
    const users = Array.from({ length: 13 }, (_, n) =>
      asId<UserId>(`0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1b${String(n).padStart(2, '0')}`),
    );
    const others = (user: UserId) => users.filter((other) => other !== user).slice(0, 10);
    return given({ ...doeStartedAGroup, data: { ...doeStartedAGroup.data, invited: users } }).then(
      Object.assign({}, ...users.map((user) => invitation(user, { others: others(user) }))) as Record<
        string,
        InvitationDocument
      >,
    );
  });

  it('S35 only who is added later gets one then', () =>
    given(smithInvitedPeck).then(
      invitation(peck, { invitedBy: johnSmith, others: [johnDoe], invitedAt: smithInvitedPeck.data.invitedAt }),
    ));

  it('S33 ends when it is used, declined or taken back', async () => {
    await given(doeStartedAGroup, smithJoined).then(murdocks);
    await given(doeStartedAGroup, murdockDeclined).then(smiths);
    await given(smithInvitedPeck, smithWithdrewPeck).then({});
  });

  it('S40 comes again for who declined', () =>
    given(doeStartedAGroup, murdockDeclined, smithInvitedMurdock).then({
      ...smiths,
      ...invitation(murdock, {
        invitedBy: johnSmith,
        others: [johnDoe],
        invitedAt: smithInvitedPeck.data.invitedAt,
      }),
    }));

  it('nothing else concerns them', () =>
    given(doeStartedAGroup, doeTitled, smithLeft, doePosted(1), doeStartedWithSmith).then({ ...smiths, ...murdocks }));
});

describe('invitations, as whoever invited sees them', () => {
  const { given } = projectionHarness(invited);
  const waiting = (inviter: UserId, user: UserId, more: Partial<InvitedDocument> = {}) => ({
    [invitedKey(inviter, aGroup, user)]: { conversationId, user, state: 'invited' as const, since: startedAt, ...more },
  });
  const both = { ...waiting(johnDoe, johnSmith), ...waiting(johnDoe, murdock) };
  const declined = waiting(johnDoe, murdock, { state: 'declined', since: murdockDeclined.data.declinedAt });

  it('S29 wait until they are answered', () => given(doeStartedAGroup).then(both));

  it('S38 are gone when the person joined, S33 or when they were taken back', async () => {
    await given(doeStartedAGroup, smithJoined).then(waiting(johnDoe, murdock));
    await given(smithInvitedPeck).then(waiting(johnSmith, peck, { since: smithInvitedPeck.data.invitedAt }));
    await given(smithInvitedPeck, smithWithdrewPeck).then({});
    const byDoe = { ...smithWithdrewPeck, data: { ...smithWithdrewPeck.data, withdrawnBy: johnDoe } };
    await given(smithInvitedPeck, byDoe).then({});
  });

  it('S40 stay as declined, and wait again when the person is invited again', async () => {
    await given(doeStartedAGroup, murdockDeclined).then({ ...waiting(johnDoe, johnSmith), ...declined });
    const again = { ...smithInvitedMurdock, data: { ...smithInvitedMurdock.data, invitedBy: johnDoe } };
    await given(doeStartedAGroup, murdockDeclined, again).then({
      ...waiting(johnDoe, johnSmith),
      ...waiting(johnDoe, murdock, { since: again.data.invitedAt }),
    });
  });

  it('S40 are told apart by who invited: the first inviter keeps what they were told', () =>
    given(doeStartedAGroup, smithJoined, murdockDeclined, smithInvitedMurdock, murdockJoinedSmith).then(declined));

  it('nothing else concerns them', () =>
    given(doeStartedAGroup, doeTitled, smithLeft, doePosted(1), doeStartedWithSmith).then(both));
});
