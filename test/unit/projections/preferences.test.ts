import {
  conversationMuted,
  conversationUnmuted,
  readingHidden,
  readingShared,
  readMarkerMoved,
  scheduleSet,
  tabClosed,
  tabOpened,
} from '../../../src/domain/desk/examples.js';
import { preferences } from '../../../src/projections/preferences/preferences.projection.js';
import { projectionHarness } from '../../support/projection-harness.js';

const { given } = projectionHarness(preferences);
const { owner } = readingHidden.data;

describe('preferences', () => {
  it('ReadingHidden and ReadingShared say which it is', async () => {
    await given(readingHidden).then({ [owner]: { sharesReading: false, schedule: null } });
    await given(readingHidden, readingShared).then({ [owner]: { sharesReading: true, schedule: null } });
  });

  it('ScheduleSet keeps whether reading is shared, and is kept by what comes after', async () => {
    const { schedule } = scheduleSet.data;
    const hidden = { ...scheduleSet, data: { ...scheduleSet.data, sharesReading: false } };
    await given(readingHidden, hidden).then({ [owner]: { sharesReading: false, schedule } });
    const shared = { ...readingShared, data: { ...readingShared.data, schedule } };
    await given(hidden, shared).then({ [owner]: { sharesReading: true, schedule } });
    await given(hidden, { ...hidden, data: { ...hidden.data, schedule: null } }).then({
      [owner]: { sharesReading: false, schedule: null },
    });
  });

  it('there are none while nothing was chosen', () =>
    given(tabOpened, tabClosed, readMarkerMoved, conversationMuted, conversationUnmuted).then({}));
});
