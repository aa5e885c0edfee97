import { DEFAULT_LIMITS } from '../../../src/application/protocol/index.js';
import type { DecisionLimits } from '../../../src/domain/kernel/decider.js';
import { asId, type UserId } from '../../../src/domain/kernel/ids.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
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
import {
  acceptedFavorites,
  isAcceptedFavorite,
  isFavorite,
  isWatcher,
  roster,
  type FavoriteRequested,
  type RosterCommand,
  type RosterEvent,
} from '../../../src/domain/roster/index.js';
import { deciderHarness } from '../../support/decider-harness.js';

const { given, state } = deciderHarness('roster', roster);

const { owner, user: smith } = favoriteRequested.data;
const magnum = requestReceived.data.from;
const { resendMs } = DEFAULT_LIMITS;
const start = favoriteRequested.data.askedAt;
const later = asInstant(start + resendMs);
const at = (now = later, limits: DecisionLimits = DEFAULT_LIMITS) => ({ principal: owner, now, limits });
const system = { ...at(), principal: asId<UserId>('system') };

const add = (user = smith): RosterCommand => ({ type: 'AddFavorite', data: { owner, user } });
const resend = (user = smith): RosterCommand => ({ type: 'ResendRequest', data: { owner, user } });
const remove = (user = smith): RosterCommand => ({ type: 'RemoveFavorite', data: { owner, user } });
const revoke = (user = magnum): RosterCommand => ({ type: 'RevokeWatcher', data: { owner, user } });
const answer = (accept: boolean, addToo = false, from = magnum): RosterCommand => ({
  type: 'AnswerRequest',
  data: { owner, from, accept, addToo },
});
const receive = (request = 1, inReturn = false, from = magnum): RosterCommand => ({
  type: 'ReceiveRequest',
  data: { owner, from, request, inReturn, askedAt: start },
});
const confirm = (request = 1, user = smith): RosterCommand => ({
  type: 'ConfirmFavorite',
  data: { owner, user, request },
});
const withdraw = (request = 1, from = magnum): RosterCommand => ({
  type: 'WithdrawRequest',
  data: { owner, from, request },
});

const changed = <E extends RosterEvent>(event: E, data: Partial<E['data']>): E => ({
  ...event,
  data: { ...event.data, ...data },
});
const asked = (data: Partial<FavoriteRequested['data']> = {}) =>
  changed(favoriteRequested, { askedAt: later, ...data });

describe('adding a favorite', () => {
  it('S72 S16 asks, and shows nothing before the answer', async () => {
    const after = await given().when(add(), at(start)).then([favoriteRequested]);
    expect([isFavorite(after, smith), isAcceptedFavorite(after, smith)]).toEqual([true, false]);
    expect(acceptedFavorites(after)).toEqual([]);
  });

  it('S74 changes nothing while the star is on, however it was answered', async () => {
    await given(favoriteRequested).when(add(), at()).then([]);
    await given(favoriteRequested, favoriteAccepted).when(add(), at(start)).then([]);
  });

  it('S72 is not for oneself', () => given().when(add(owner), at()).then({ rejected: 'with-oneself' }));

  it('S74 asks the same person once within the time, the star being taken away in between', async () => {
    const before = [favoriteRequested, favoriteRemoved] as const;
    await given(...before)
      .when(add(), at(asInstant(later - 1)))
      .then({ rejected: 'asked-recently' });
    await given(...before)
      .when(add(), at())
      .then([asked({ request: 2 })]);
  });

  it('S72 does not bind others by the time of one', () =>
    given(favoriteRequested)
      .when(add(magnum), at(start))
      .then([changed(favoriteRequested, { user: magnum })]));

  it('S72 ends at as many favorites as are allowed; those that are gone do not count', async () => {
    const one = at(later, { ...DEFAULT_LIMITS, favorites: 1 });
    await given(favoriteRequested).when(add(magnum), one).then({ rejected: 'too-many-favorites' });
    await given(favoriteRequested, favoriteRemoved)
      .when(add(magnum), one)
      .then([asked({ user: magnum })]);
    // Whoever is a favorite may be asked again even then.
    await given(favoriteRequested)
      .when(resend(), one)
      .then([asked({ request: 2 })]);
  });
});

describe('asking again', () => {
  it('S77 makes a new request, with the next number', () =>
    given(favoriteRequested)
      .when(resend(), at())
      .then([asked({ request: 2 })]));

  it('S77 not within the time', () =>
    given(favoriteRequested)
      .when(resend(), at(asInstant(later - 1)))
      .then({ rejected: 'asked-recently' }));

  it('S77 only somebody with a star', async () => {
    await given().when(resend(), at()).then({ rejected: 'not-a-favorite' });
    await given(favoriteRequested, favoriteRemoved).when(resend(), at()).then({ rejected: 'not-a-favorite' });
  });

  it('S75 takes nothing away from who is accepted', async () => {
    const after = await given(favoriteRequested, favoriteAccepted)
      .when(resend(), at())
      .then([asked({ request: 2, state: 'accepted' })]);
    expect(acceptedFavorites(after)).toEqual([smith]);
  });
});

describe('taking the star away', () => {
  const removedAt = later;
  it('S79 S81 ends it, asked or accepted, and once', async () => {
    for (const before of [[favoriteRequested], [favoriteRequested, favoriteAccepted]]) {
      const after = await given(...before)
        .when(remove(), at())
        .then([changed(favoriteRemoved, { removedAt })]);
      expect([isFavorite(after, smith), acceptedFavorites(after)]).toEqual([false, []]);
    }
    await given(favoriteRequested, favoriteRemoved).when(remove(), at()).then([]);
    await given().when(remove(), at()).then([]);
  });

  it('S81 names the newest request', () =>
    given(favoriteRequested, asked({ request: 2 }))
      .when(remove(), at())
      .then([changed(favoriteRemoved, { request: 2, removedAt })]));
});

describe('hearing of a request', () => {
  const receivedAt = later;
  it('S74 opens one card', async () => {
    await given()
      .when(receive(), system)
      .then([changed(requestReceived, { askedAt: start, receivedAt })]);
  });

  it('S74 twice is once, whatever became of it', async () => {
    const ends = [requestAccepted, requestDeclined, requestWithdrawn];
    await given(requestReceived).when(receive(), system).then([]);
    for (const end of ends) await given(requestReceived, end).when(receive(), system).then([]);
    for (const end of [watcherRevoked, watcherLeft])
      await given(requestReceived, requestAccepted, end).when(receive(), system).then([]);
    await given(changed(requestReceived, { request: 2 }))
      .when(receive(1), system)
      .then([]);
  });

  it('S77 a newer one opens a card anew for who said no, took the star away, or was revoked', async () => {
    const card = changed(requestReceived, { request: 2, askedAt: start, receivedAt });
    for (const before of [
      [requestReceived],
      [requestReceived, requestDeclined],
      [requestReceived, requestWithdrawn],
      [requestReceived, requestAccepted, watcherRevoked],
      [requestReceived, requestAccepted, watcherLeft],
    ])
      await given(...before)
        .when(receive(2), system)
        .then([card]);
  });

  it('S75 a newer one of a watcher is a yes already', () =>
    given(requestReceived, requestAccepted)
      .when(receive(2), system)
      .then([changed(requestAccepted, { request: 2, how: 'standing', acceptedAt: later })]));

  it('S78 one in return of the owner’s own is a yes, while the star is on', async () => {
    const mutual = receive(1, true, smith);
    const yes = changed(requestAccepted, { from: smith, how: 'in-return', acceptedAt: later });
    const card = changed(requestReceived, { from: smith, askedAt: start, receivedAt });
    const after = await given(favoriteRequested).when(mutual, system).then([yes]);
    expect(isWatcher(after, smith)).toBe(true);
    await given(favoriteRequested, favoriteAccepted).when(mutual, system).then([yes]);
    await given(favoriteRequested, favoriteRemoved).when(mutual, system).then([card]);
    await given().when(mutual, system).then([card]);
  });

  it('S16 having a star oneself is no yes to the other one’s request', () =>
    given(favoriteRequested, favoriteAccepted)
      .when(receive(1, false, smith), system)
      .then([changed(requestReceived, { from: smith, askedAt: start, receivedAt })]));
});

describe('answering', () => {
  const yes = changed(requestAccepted, { acceptedAt: later });
  const back = asked({ user: magnum, inReturn: true });

  it('S75 a yes makes a watcher, a no does not', async () => {
    expect(isWatcher(await given(requestReceived).when(answer(true), at()).then([yes]), magnum)).toBe(true);
    const no = changed(requestDeclined, { declinedAt: later });
    expect(isWatcher(await given(requestReceived).when(answer(false), at()).then([no]), magnum)).toBe(false);
  });

  it('S78 a yes with a star of one’s own asks in return', () =>
    given(requestReceived).when(answer(true, true), at()).then([yes, back]));

  it('S78 even somebody whom one had asked a moment ago, before taking the star away', () => {
    const once = changed(favoriteRequested, { user: magnum, askedAt: asInstant(later - 1) });
    const gone = changed(favoriteRemoved, { user: magnum });
    return given(once, gone, requestReceived)
      .when(answer(true, true), at())
      .then([yes, changed(back, { request: 2 })]);
  });

  it('S78 adds nobody who has the star already', () =>
    given(changed(favoriteRequested, { user: magnum }), requestReceived)
      .when(answer(true, true), at())
      .then([yes]));

  it('S78 is no yes where the star of one’s own is one too many', () =>
    given(favoriteRequested, requestReceived)
      .when(answer(true, true), at(later, { ...DEFAULT_LIMITS, favorites: 1 }))
      .then({ rejected: 'too-many-favorites' }));

  it('S74 only a card that is open', async () => {
    const voids = { rejected: 'request-void' } as const;
    for (const accept of [true, false]) {
      await given().when(answer(accept), at()).then(voids);
      for (const end of [requestAccepted, requestDeclined, requestWithdrawn])
        await given(requestReceived, end).when(answer(accept), at()).then(voids);
      for (const end of [watcherRevoked, watcherLeft])
        await given(requestReceived, requestAccepted, end).when(answer(accept), at()).then(voids);
    }
  });
});

describe('hearing of a yes', () => {
  const confirmed = changed(favoriteAccepted, { acceptedAt: later });
  it('S75 shows the person', async () => {
    const after = await given(favoriteRequested).when(confirm(), system).then([confirmed]);
    expect(acceptedFavorites(after)).toEqual([smith]);
  });

  it('S75 to an earlier request counts while the star stayed on', () =>
    given(favoriteRequested, asked({ request: 2 }))
      .when(confirm(1), system)
      .then([confirmed]));

  it('S81 late or twice changes nothing', async () => {
    await given(favoriteRequested, favoriteAccepted).when(confirm(), system).then([]);
    await given(favoriteRequested, favoriteRemoved).when(confirm(), system).then([]);
    await given(favoriteRequested, favoriteRemoved, asked({ request: 2 }))
      .when(confirm(1), system)
      .then([]);
  });

  it('S16 to what was never asked is none', async () => {
    await given().when(confirm(), system).then([]);
    await given(favoriteRequested).when(confirm(2), system).then([]);
  });
});

describe('hearing that the star was taken away', () => {
  it('S81 closes the card, or ends the watching', async () => {
    await given(requestReceived)
      .when(withdraw(), system)
      .then([changed(requestWithdrawn, { withdrawnAt: later })]);
    const after = await given(requestReceived, requestAccepted)
      .when(withdraw(), system)
      .then([changed(watcherLeft, { leftAt: later })]);
    expect(isWatcher(after, magnum)).toBe(false);
  });

  it('S81 late or twice changes nothing', async () => {
    await given().when(withdraw(), system).then([]);
    for (const end of [requestDeclined, requestWithdrawn])
      await given(requestReceived, end).when(withdraw(), system).then([]);
    for (const end of [watcherRevoked, watcherLeft])
      await given(requestReceived, requestAccepted, end).when(withdraw(), system).then([]);
    // A newer request is none of its business.
    await given(changed(requestReceived, { request: 2 }))
      .when(withdraw(1), system)
      .then([]);
    await given(changed(requestAccepted, { request: 2 }))
      .when(withdraw(1), system)
      .then([]);
  });
});

describe('revoking', () => {
  it('S73 ends the watching, once', async () => {
    const after = await given(requestReceived, requestAccepted)
      .when(revoke(), at())
      .then([changed(watcherRevoked, { revokedAt: later })]);
    expect(isWatcher(after, magnum)).toBe(false);
    await given(requestReceived, requestAccepted, watcherRevoked).when(revoke(), at()).then([]);
    await given(requestReceived).when(revoke(), at()).then([]);
    await given().when(revoke(), at()).then([]);
  });
});

describe('a command that comes a second time', () => {
  const yes: RosterEvent[] = [requestAccepted, asked({ user: magnum, inReturn: true })];
  it.each([
    ['another person', add(magnum), [favoriteRequested]],
    ['another intention', remove(), [favoriteRequested]],
    ['another answer', answer(false), [requestAccepted]],
    ['another answer', answer(true), [requestDeclined]],
    ['no star of one’s own', answer(true, false), yes],
    ['another request', receive(2), [requestReceived]],
    ['another request', confirm(2), [favoriteAccepted]],
  ] as const)('is another one with %s', (_, command, events) => {
    expect(roster.produced(command, events)).toBe(false);
  });

  it('is the same with the same', () => {
    expect(roster.produced(answer(true, true), yes)).toBe(true);
    expect(roster.produced(answer(true, true), [requestAccepted])).toBe(true);
    expect(roster.produced(resend(), [asked({ request: 2 })])).toBe(true);
    expect(roster.produced(withdraw(), [watcherLeft])).toBe(true);
  });

  it('produced nothing where there is nothing', () => {
    expect(roster.produced(add(), [])).toBe(false);
  });
});

it('S14 S73 what decides is the state of the one who is watched', () => {
  const own = state(favoriteRequested, favoriteAccepted);
  expect([isAcceptedFavorite(own, smith), isWatcher(own, smith)]).toEqual([true, false]);
});
