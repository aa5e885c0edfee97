import { favoriteRequests } from '../../../src/application/processes/favorite-requests.process.js';
import { intentOf } from '../../../src/application/processes/process.js';
import { DEFAULT_LIMITS } from '../../../src/application/protocol/index.js';
import type { UserId } from '../../../src/domain/kernel/ids.js';
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
  isAcceptedFavorite,
  isFavorite,
  isWatcher,
  roster,
  type RosterCommand,
  type RosterEvent,
  type RosterState,
} from '../../../src/domain/roster/index.js';
import type { Change } from '../../../src/projections/runtime/change.js';
import { applyChange } from '../../../src/projections/runtime/change.js';
import { changesOf, type Projection } from '../../../src/projections/runtime/projection.js';
import { favorites } from '../../../src/projections/favorites/favorites.projection.js';
import { requests } from '../../../src/projections/requests/requests.projection.js';
import { watchers } from '../../../src/projections/watchers/watchers.projection.js';
import { deepFreeze } from '../../support/decider-harness.js';
import { nthId } from '../../support/events.js';
import { below, pick, withSeed } from '../../support/random.js';

describe('what a roster’s event has the other roster do', () => {
  const { owner, user } = favoriteRequested.data;
  const { from } = requestAccepted.data;
  const { askedAt } = favoriteRequested.data;

  it('S74 a request is received by whoever is asked', () => {
    expect(intentOf(favoriteRequests, favoriteRequested)).toEqual({
      of: user,
      command: { type: 'ReceiveRequest', data: { owner: user, from: owner, request: 1, inReturn: false, askedAt } },
    });
  });
  it('S75 a yes is confirmed to whoever asked', () => {
    expect(intentOf(favoriteRequests, requestAccepted)).toEqual({
      of: from,
      command: { type: 'ConfirmFavorite', data: { owner: from, user: owner, request: 1 } },
    });
  });
  it('S81 a star that is taken away withdraws what it asked', () => {
    expect(intentOf(favoriteRequests, favoriteRemoved)).toEqual({
      of: user,
      command: { type: 'WithdrawRequest', data: { owner: user, from: owner, request: 1 } },
    });
  });
  it.each([favoriteAccepted, requestReceived, requestDeclined, requestWithdrawn, watcherRevoked, watcherLeft])(
    'S16 S73 $type stays with its owner',
    (event) => {
      expect(intentOf(favoriteRequests, event)).toBeNull();
    },
  );
});

const SEED = Number(process.env['PARLEY_TEST_SEED'] ?? Date.now() % 1_000_000);
const RUNS = Array.from({ length: 60 }, (_, n) => SEED + n);
const STEPS = 1_000;
const PEOPLE = [1, 2, 3].map((n) => nthId<UserId>(n, 1));
type Random = () => number;

/** Rosters of three people, and the log of all of them. The cells' memory of command ids is not there: numbers alone must do. */
class Rosters {
  readonly log: RosterEvent[] = [];
  readonly states = new Map<UserId, RosterState>(PEOPLE.map((id) => [id, roster.initialState]));
  private now = 1_700_000_000_000;

  of(owner: UserId): RosterState {
    return this.states.get(owner) ?? roster.initialState;
  }

  /** `byOwner`: the owner did it, and not a message. */
  ask(owner: UserId, command: RosterCommand, byOwner: boolean): void {
    this.now += byOwner ? DEFAULT_LIMITS.resendMs / 3 : 1;
    const context = { now: asInstant(this.now), principal: owner, limits: DEFAULT_LIMITS };
    const decision = roster.decide(command, this.of(owner), context);
    if (decision.kind === 'rejected') {
      // No rule says no to a message.
      expect(byOwner).toBe(true);
      return;
    }
    for (const event of deepFreeze(decision.events)) {
      if (event.type === 'RequestAccepted') this.expectConsent(owner, event.data, command);
      this.states.set(owner, deepFreeze(roster.evolve(this.of(owner), event)));
      this.log.push(event);
    }
  }

  private expectConsent(
    owner: UserId,
    { from, how }: Extract<RosterEvent, { type: 'RequestAccepted' }>['data'],
    command: RosterCommand,
  ): void {
    if (how === 'answer') expect(command).toMatchObject({ type: 'AnswerRequest', data: { owner, from, accept: true } });
    else if (how === 'in-return') expect(isFavorite(this.of(owner), from)).toBe(true);
    else expect(isWatcher(this.of(owner), from)).toBe(true);
  }

  randomCommand(random: Random): void {
    const owner = pick(random, PEOPLE);
    const other = pick(random, PEOPLE);
    const about = { owner, user: other };
    const kinds: (() => RosterCommand)[] = [
      () => ({ type: 'AddFavorite', data: about }),
      () => ({ type: 'AddFavorite', data: about }),
      () => ({ type: 'ResendRequest', data: about }),
      () => ({ type: 'RemoveFavorite', data: about }),
      () => ({ type: 'RevokeWatcher', data: about }),
      () => ({ type: 'AnswerRequest', data: { owner, from: other, accept: true, addToo: random() < 0.5 } }),
      () => ({ type: 'AnswerRequest', data: { owner, from: other, accept: random() < 0.5, addToo: false } }),
    ];
    this.ask(owner, pick(random, kinds)(), true);
  }
}

/** One who carries the messages, in the order of the log, and may begin again anywhere that it has been. */
class Messenger {
  private next = 0;
  constructor(private readonly rosters: Rosters) {}

  get level(): boolean {
    return this.next >= this.rosters.log.length;
  }

  step(): void {
    const event = this.rosters.log[this.next];
    if (!event) return;
    this.next++;
    const intent = intentOf(favoriteRequests, event);
    if (intent) this.rosters.ask(intent.of, intent.command, false);
  }

  restart(random: Random): void {
    this.next = below(random, this.next + 1);
  }

  finish(): void {
    while (!this.level) this.step();
  }
}

const eventsOf = <T extends RosterEvent['type']>(log: readonly RosterEvent[], type: T, owner: UserId) =>
  log.filter((event): event is Extract<RosterEvent, { type: T }> => event.type === type && event.data.owner === owner);

/** What holds when every message arrived. `one` is the asker. */
const expectAgreement = (rosters: Rosters, one: UserId, other: UserId): void => {
  const { log } = rosters;
  const [asker, addressee] = [rosters.of(one), rosters.of(other)];
  const asked = asker.asked[other];
  const received = addressee.received[one];
  const yes = eventsOf(log, 'RequestAccepted', other).filter(
    ({ data }) => data.from === one && data.request > (asked?.ended ?? 0),
  );
  const starred = isFavorite(asker, other);
  expect(isAcceptedFavorite(asker, other)).toBe(starred && yes.length > 0);
  if (isWatcher(addressee, one)) expect(isAcceptedFavorite(asker, other)).toBe(true);
  if (isAcceptedFavorite(asker, other) && !isWatcher(addressee, one))
    expect(eventsOf(log, 'WatcherRevoked', other).some(({ data }) => data.user === one)).toBe(true);
  if (received?.state === 'open') expect(starred).toBe(true);
  if (asked?.state === 'asked') expect(['open', 'declined']).toContain(received?.state);
  expect(received?.request).toBe(asked?.request);
  // Each request arrived once: as a card, or as a yes that needed none.
  const arrived = [
    ...eventsOf(log, 'RequestReceived', other),
    ...eventsOf(log, 'RequestAccepted', other).filter(({ data }) => data.how !== 'answer'),
  ].filter(({ data }) => data.from === one);
  const made = eventsOf(log, 'FavoriteRequested', one).filter(({ data }) => data.user === other);
  expect(arrived.map(({ data }) => data.request).sort((a, b) => a - b)).toEqual(made.map(({ data }) => data.request));
};

const documentsOf = (table: object, log: readonly RosterEvent[]): Map<string, object> => {
  const documents = new Map<string, object>();
  log.forEach((event, index) => {
    for (const change of changesOf(table as Projection, { event, position: index + 1 }) as Change<object>[]) {
      const doc = applyChange(documents.get(change.key) ?? null, change);
      if (doc === null) documents.delete(change.key);
      else documents.set(change.key, doc);
    }
  });
  return documents;
};

/** The read models show what the deciders hold. */
const expectShown = ({ log, states }: Rosters): void => {
  const entries = <T extends object>(part: (state: RosterState) => Readonly<Record<UserId, T>>) =>
    [...states].flatMap(([owner, state]) =>
      (Object.entries(part(state)) as [UserId, T][]).map(([user, entry]) => [`${owner}/${user}`, user, entry] as const),
    );
  const asked = entries(({ asked: all }) => all).filter(([, , { state }]) => state !== 'removed');
  expect(Object.fromEntries(documentsOf(favorites, log))).toEqual(
    Object.fromEntries(asked.map(([key, user, { state, askedAt }]) => [key, { user, state, askedAt }])),
  );
  const received = entries(({ received: all }) => all);
  const inState = (wanted: string) => received.flatMap(([key, , { state }]) => (state === wanted ? [key] : [])).sort();
  expect([...documentsOf(requests, log).keys()].sort()).toEqual(inState('open'));
  expect([...documentsOf(watchers, log).keys()].sort()).toEqual(inState('accepted'));
};

describe('three rosters, whose messages come late, twice, and from a messenger who begins again anywhere', () => {
  it.each(RUNS)('S16 S73 S74 S75 S81 agree in the end, and nobody is shown without a yes: seed %i', (seed) =>
    withSeed(seed, (random) => {
      const rosters = new Rosters();
      const messengers = [new Messenger(rosters), new Messenger(rosters)];
      for (let step = 0; step < STEPS; step++) {
        if (random() < 0.35) rosters.randomCommand(random);
        const messenger = pick(random, messengers);
        for (let n = below(random, 4); n > 0; n--) messenger.step();
        if (random() < 0.05) messenger.restart(random);
      }
      for (const messenger of [...messengers, new Messenger(rosters)]) messenger.finish();
      for (const one of PEOPLE) for (const other of PEOPLE) if (one !== other) expectAgreement(rosters, one, other);
      expectShown(rosters);
      expect(rosters.log.length).toBeGreaterThan(40);
    }),
  );
});
