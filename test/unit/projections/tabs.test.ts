import {
  doeAndSmith,
  doePosted,
  doeStartedWithSmith,
  johnDoe,
  johnSmith,
} from '../../../src/domain/conversation/examples.js';
import { readMarkerMoved, tabClosed, tabOpened } from '../../../src/domain/desk/examples.js';
import type { ReadMarkerMoved, TabClosed } from '../../../src/domain/desk/events.js';
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

  it.each([doePosted(1), tabOpened, tabClosed, readMarkerMoved])('$type makes no tab where none is', (event) =>
    given(event).then({}),
  );
});
