import {
  favoriteAccepted,
  favoriteRemoved,
  favoriteRequested,
  requestAccepted,
  requestDeclined,
  requestReceived,
  requestWithdrawn,
  watcherLeft,
  watcherRevoked,
} from '../../../src/domain/roster/examples.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import type { RosterEvent } from '../../../src/domain/roster/events.js';
import { favoriteKey } from '../../../src/projections/favorites/favorites.model.js';
import { favorites } from '../../../src/projections/favorites/favorites.projection.js';
import { requestKey } from '../../../src/projections/requests/requests.model.js';
import { requests } from '../../../src/projections/requests/requests.projection.js';
import { watcherKey } from '../../../src/projections/watchers/watchers.model.js';
import { watchers } from '../../../src/projections/watchers/watchers.projection.js';
import { projectionHarness } from '../../support/projection-harness.js';

const { owner, user, askedAt } = favoriteRequested.data;
const { from } = requestReceived.data;
const later = asInstant(askedAt + 1_000_000);
const changed = <E extends RosterEvent>(event: E, data: Partial<E['data']>): E => ({
  ...event,
  data: { ...event.data, ...data },
});

describe('favorites, as their owner sees them', () => {
  const { given } = projectionHarness(favorites);
  const shown = (state: 'asked' | 'accepted', at: number = askedAt) => ({
    [favoriteKey(owner, user)]: { user, state, askedAt: at },
  });

  it('S72 S16 are asked, until they accept', async () => {
    await given(favoriteRequested).then(shown('asked'));
    await given(favoriteRequested, favoriteAccepted).then(shown('accepted'));
  });

  it('S77 remember when they were asked last; who accepted stays so', async () => {
    const again = changed(favoriteRequested, { request: 2, askedAt: later });
    await given(favoriteRequested, again).then(shown('asked', later));
    await given(favoriteRequested, favoriteAccepted, changed(again, { state: 'accepted' })).then(
      shown('accepted', later),
    );
  });

  it('S81 are gone with the star, and begin anew with it', async () => {
    await given(favoriteRequested, favoriteAccepted, favoriteRemoved).then({});
    const anew = changed(favoriteRequested, { request: 2, askedAt: later });
    await given(favoriteRequested, favoriteAccepted, favoriteRemoved, anew).then(shown('asked', later));
  });

  it('S14 nothing that others ask concerns them', () =>
    given(requestReceived, requestAccepted, watcherRevoked, requestReceived, requestDeclined).then({}));
});

describe('requests, as whoever is asked sees them', () => {
  const { given } = projectionHarness(requests);
  const card = (at: number = askedAt) => ({ [requestKey(owner, from)]: { from, askedAt: at } });
  const received = changed(requestReceived, { askedAt });

  it('S74 are there while they are open, each person once', async () => {
    await given(received).then(card());
    await given(received, changed(received, { request: 2, askedAt: later })).then(card(later));
  });

  it('S75 S77 S81 end with the answer, or when they are taken back', async () => {
    for (const end of [requestAccepted, requestDeclined, requestWithdrawn]) await given(received, end).then({});
  });

  it('S77 come again', () =>
    given(received, requestDeclined, changed(received, { request: 2, askedAt: later })).then(card(later)));

  it('nothing else concerns them', () =>
    given(favoriteRequested, favoriteAccepted, favoriteRemoved, watcherRevoked, watcherLeft).then({}));
});

describe('watchers, as whoever is watched sees them', () => {
  const { given } = projectionHarness(watchers);
  const watching = (since: number = requestAccepted.data.acceptedAt) => ({
    [watcherKey(owner, from)]: { user: from, since },
  });

  it('S75 S78 are there from the yes on, their own or in return', async () => {
    await given(requestReceived).then({});
    await given(requestReceived, requestAccepted).then(watching());
    await given(changed(requestAccepted, { how: 'in-return' })).then(watching());
  });

  it('S75 stay as long as they were when they ask once more', () =>
    given(requestAccepted, changed(requestAccepted, { request: 2, how: 'standing', acceptedAt: later })).then(
      watching(),
    ));

  it('S73 S81 are gone when they are revoked, or go; and come again', async () => {
    for (const end of [watcherRevoked, watcherLeft]) {
      await given(requestAccepted, end).then({});
      await given(requestAccepted, end, changed(requestAccepted, { request: 2, acceptedAt: later })).then(
        watching(later),
      );
    }
  });

  it('nothing else concerns them', () =>
    given(favoriteRequested, favoriteAccepted, favoriteRemoved, requestDeclined, requestWithdrawn).then({}));
});
