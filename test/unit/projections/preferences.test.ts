import {
  conversationMuted,
  conversationUnmuted,
  readingHidden,
  readingShared,
  readMarkerMoved,
  tabClosed,
  tabOpened,
} from '../../../src/domain/desk/examples.js';
import { preferences } from '../../../src/projections/preferences/preferences.projection.js';
import { projectionHarness } from '../../support/projection-harness.js';

const { given } = projectionHarness(preferences);
const { owner } = readingHidden.data;

describe('preferences', () => {
  it('ReadingHidden and ReadingShared say which it is', async () => {
    await given(readingHidden).then({ [owner]: { sharesReading: false } });
    await given(readingHidden, readingShared).then({ [owner]: { sharesReading: true } });
  });

  it('there are none while nothing was chosen', () =>
    given(tabOpened, tabClosed, readMarkerMoved, conversationMuted, conversationUnmuted).then({}));
});
