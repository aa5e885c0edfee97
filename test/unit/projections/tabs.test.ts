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
import {
  conversationMuted,
  conversationUnmuted,
  readingHidden,
  readingShared,
  readMarkerMoved,
  tabClosed,
  tabOpened,
} from '../../../src/domain/desk/examples.js';
import type { ReadMarkerMoved, TabClosed } from '../../../src/domain/desk/events.js';
import {
  messageCorrected,
  messageRetracted,
  reactionAdded,
  reactionRemoved,
} from '../../../src/domain/message/examples.js';
import type { MessageRetracted } from '../../../src/domain/message/events.js';
import { tabKey, type TabDocument } from '../../../src/projections/tabs/tabs.model.js';
import { tabs } from '../../../src/projections/tabs/tabs.projection.js';
import { projectionHarness } from '../../support/projection-harness.js';

const { given } = projectionHarness(tabs);

const untouched: TabDocument = {
  conversationId: doeAndSmith,
  open: false,
  openedAt: doeStartedWithSmith.data.startedAt,
  hiddenUpTo: 0,
  readMarker: 0,
  muted: false,
  mentionedAt: 0,
  mentionRetracted: 0,
};
/** John Doe's tab with these differences, and John Smith's as it is from the start. */
const doeHas = (changed: Partial<TabDocument>, smith: Partial<TabDocument> = {}) => ({
  [tabKey(johnDoe, doeAndSmith)]: { ...untouched, ...changed },
  [tabKey(johnSmith, doeAndSmith)]: { ...untouched, ...smith },
});
const moved = (sequence: number): ReadMarkerMoved => ({
  ...readMarkerMoved,
  data: { ...readMarkerMoved.data, sequence },
});
const closed = (upTo: number): TabClosed => ({ ...tabClosed, data: { ...tabClosed.data, upTo } });

describe('tabs', () => {
  it('DirectConversationStarted gives both people a tab that is not open', () =>
    given(doeStartedWithSmith).then(doeHas({})));

  it('MessagePosted moves the author’s own marker and nobody else’s', () =>
    given(doeStartedWithSmith, doePosted(1), doePosted(2)).then(doeHas({ readMarker: 2 })));

  it('MessagePosted never moves a marker back', () =>
    given(doeStartedWithSmith, doePosted(1), moved(5), doePosted(2)).then(doeHas({ readMarker: 5 })));

  it('TabOpened opens the owner’s tab', () =>
    given(doeStartedWithSmith, tabOpened).then(doeHas({ open: true, openedAt: tabOpened.data.openedAt })));

  it('TabClosed closes it, hides it up to the sequence, and counts that as read', () =>
    given(doeStartedWithSmith, tabOpened, closed(3)).then(doeHas({ open: false, hiddenUpTo: 3, readMarker: 3 })));

  it('TabClosed of an earlier sequence moves neither bound back', () =>
    given(doeStartedWithSmith, moved(7), closed(5), closed(3)).then(doeHas({ hiddenUpTo: 5, readMarker: 7 })));

  it('TabOpened again leaves bound and marker where they are', () =>
    given(doeStartedWithSmith, closed(3), tabOpened).then(doeHas({ open: true, hiddenUpTo: 3, readMarker: 3 })));

  it('ReadMarkerMoved moves the marker up, never down', () =>
    given(doeStartedWithSmith, moved(4), moved(2)).then(doeHas({ readMarker: 4 })));

  it('ConversationMuted and ConversationUnmuted change nothing else', async () => {
    await given(doeStartedWithSmith, moved(2), conversationMuted).then(doeHas({ readMarker: 2, muted: true }));
    await given(doeStartedWithSmith, conversationMuted, conversationUnmuted).then(doeHas({}));
  });

  const mentioning = (sequence: number, ...mentions: (typeof johnDoe)[]) => ({
    ...doePosted(sequence),
    data: { ...doePosted(sequence).data, mentions },
  });
  it('MessagePosted marks the tabs of those whom it mentions, and no earlier mention moves that back', () => {
    return given(doeStartedWithSmith, mentioning(1, johnSmith), mentioning(2), mentioning(3, johnSmith, murdock)).then(
      doeHas({ readMarker: 3 }, { mentionedAt: 3 }),
    );
  });

  it('MessageRetracted says so in the tabs of those whom it mentioned, and calls back no later mention', async () => {
    const retracted = (sequence: number): MessageRetracted => ({
      ...messageRetracted,
      data: { ...messageRetracted.data, sequence, mentions: [johnSmith] },
    });
    const both = [doeStartedWithSmith, mentioning(1, johnSmith), mentioning(2, johnSmith)];
    await given(...both, retracted(1)).then(doeHas({ readMarker: 2 }, { mentionedAt: 2, mentionRetracted: 1 }));
    await given(...both, retracted(2), retracted(1)).then(
      doeHas({ readMarker: 2 }, { mentionedAt: 2, mentionRetracted: 2 }),
    );
    await given(...both, messageCorrected, reactionAdded, reactionRemoved).then(
      doeHas({ readMarker: 2 }, { mentionedAt: 2 }),
    );
  });

  it('who shares their reading is no matter of tabs', () =>
    given(doeStartedWithSmith, readingHidden, readingShared).then(doeHas({})));

  it.each([doePosted(1), tabOpened, tabClosed, readMarkerMoved, conversationMuted, smithLeft])(
    '$type makes no tab where none is',
    (event) => given(event).then({}),
  );
});

describe('tabs of a group', () => {
  const fresh = (changed: Partial<TabDocument> = {}): TabDocument => ({
    ...untouched,
    conversationId: aGroup,
    open: true,
    openedAt: doeStartedAGroup.data.startedAt,
    ...changed,
  });
  const [does, smiths] = [tabKey(johnDoe, aGroup), tabKey(johnSmith, aGroup)];
  const said = (sequence: number) => ({
    ...doePosted(sequence),
    data: { ...doePosted(sequence).data, conversationId: aGroup },
  });
  const joinedAt = (sequence: number, notice: number) => ({
    ...smithJoined,
    data: { ...smithJoined.data, sequence, notice },
  });
  const hidden = (sequence: number) =>
    fresh({ openedAt: smithJoined.data.joinedAt, hiddenUpTo: sequence, readMarker: sequence });

  it('S27 is open for whoever started it, and S33 nobody has one by an invitation alone', () =>
    given(doeStartedAGroup, murdockDeclined, smithInvitedPeck, smithWithdrewPeck, doeTitled).then({ [does]: fresh() }));

  it('S37 S41 opens for whoever joins; what was said before is neither shown nor unread', () =>
    given(doeStartedAGroup, said(1), said(2), joinedAt(2, 3)).then({
      [does]: fresh({ readMarker: 2 }),
      [smiths]: hidden(2),
    }));

  it('S57 is gone for whoever left, whatever comes late of theirs', () => {
    const late = { owner: johnSmith, conversationId: aGroup };
    return given(
      doeStartedAGroup,
      smithJoined,
      smithLeft,
      { ...readMarkerMoved, data: { ...readMarkerMoved.data, ...late } },
      { ...tabOpened, data: { ...tabOpened.data, ...late } },
      { ...conversationMuted, data: { ...conversationMuted.data, ...late } },
    ).then({ [does]: fresh() });
  });

  it('S43 is fresh for who joins again, and not muted any more', () =>
    given(
      doeStartedAGroup,
      smithJoined,
      { ...conversationMuted, data: { ...conversationMuted.data, owner: johnSmith, conversationId: aGroup } },
      smithLeft,
      said(1),
      joinedAt(1, 9),
    ).then({ [does]: fresh({ readMarker: 1 }), [smiths]: hidden(1) }));
});
