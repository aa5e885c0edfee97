import { DEFAULT_LIMITS } from '../../../src/application/protocol/index.js';
import { asId, type SessionId, type UserId } from '../../../src/domain/kernel/ids.js';
import { asInstant, type Instant } from '../../../src/domain/kernel/instant.js';
import * as examples from '../../../src/domain/presence/examples.js';
import {
  effectiveOf,
  presence,
  type Availability,
  type Device,
  type PresenceCommand,
  type PresenceEvent,
  type PresenceState,
} from '../../../src/domain/presence/index.js';
import { deciderHarness, deepFreeze } from '../../support/decider-harness.js';
import { below, pick, withSeed } from '../../support/random.js';

const { state: stateAfter } = deciderHarness('presence', presence);
const user = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a01');
const SESSIONS = ['5e55105e-0000-4000-8000-000000000001', '5e55105e-0000-4000-8000-000000000002'].map((id) =>
  asId<SessionId>(id),
) as [SessionId, SessionId];
const [first, second] = SESSIONS;
const START = 1_700_000_600_000;
const instant = (ms: number): Instant => asInstant(START + ms);

const open = (session = first, node = 'a', device: Device = 'computer'): PresenceCommand => ({
  type: 'OpenSession',
  data: { user, session, node, device },
});
const close = (session = first, node = 'a'): PresenceCommand => ({
  type: 'CloseSession',
  data: { user, session, node },
});
const expire = (node: string): PresenceCommand => ({ type: 'ExpireSessions', data: { user, node } });
const idle = (isIdle: boolean, session = first, node = 'a'): PresenceCommand => ({
  type: 'MarkIdle',
  data: { user, session, node, idle: isIdle },
});
const choose = (
  availability: Availability,
  {
    text = null,
    until = null,
    device = 'computer',
  }: { text?: string | null; until?: Instant | null; device?: Device } = {},
): PresenceCommand => ({ type: 'ChooseAvailability', data: { user, availability, text, until, device } });
const lapse = (until: Instant): PresenceCommand => ({ type: 'LapseAvailability', data: { user, until } });
const quiet = { availability: 'busy', reason: 'do-not-disturb' } as const;
const away = { availability: 'away', reason: 'outside-working-hours' } as const;
const apply = (imposed: typeof quiet | typeof away | null, until: Instant | null = null): PresenceCommand => ({
  type: 'ApplySchedule',
  data: { user, imposed, until },
});

/** A person to whom commands come one after the other, a second apart. Every event is run through the harness on the way. */
class Person {
  state: PresenceState = presence.initialState;
  readonly events: PresenceEvent[] = [];
  now = instant(0);

  /** The events of these commands; a rejection is the answer itself. */
  does(...commands: readonly PresenceCommand[]): readonly PresenceEvent[] | string {
    const made: PresenceEvent[] = [];
    for (const command of commands) {
      this.now = asInstant(this.now + 1_000);
      const context = deepFreeze({ principal: user, now: this.now, limits: DEFAULT_LIMITS });
      const decision = presence.decide(deepFreeze(command), deepFreeze(this.state), context);
      if (decision.kind === 'rejected') return decision.rejection;
      if (decision.events.length > 0) expect(presence.produced(command, decision.events)).toBe(true);
      for (const event of decision.events) this.state = presence.evolve(this.state, event);
      made.push(...decision.events);
    }
    this.events.push(...made);
    return made;
  }

  get seen() {
    const { state, text, until, reason } = effectiveOf(this.state);
    return { state, text, until, reason };
  }
}

const person = (...commands: readonly PresenceCommand[]): Person => {
  const one = new Person();
  expect(one.does(...commands)).not.toEqual(expect.any(String));
  return one;
};
const seen = (state: string, reason: string, more: object = {}) => ({
  text: null,
  until: null,
  ...more,
  state,
  reason,
});
const types = (events: readonly PresenceEvent[] | string) =>
  typeof events === 'string' ? events : events.map(({ type }) => type);

describe('being there', () => {
  it('S97 nobody is there before they come', () => {
    expect(person().seen).toEqual(seen('offline', 'disconnected'));
  });

  it('S89 who comes is available', () => {
    const one = person(open());
    expect(one.seen).toEqual(seen('available', 'default'));
    expect(one.events).toMatchObject([{ type: 'SessionOpened', data: { changed: true, since: one.now, at: one.now } }]);
  });

  it('S97 a second tab or a reload is nothing new', () => {
    expect(person(open()).does(open())).toEqual([]);
    expect(person(open()).does(open(first, 'a', 'phone'))).toEqual([]);
  });

  it('S97 another device, and the same sign-in at another node, are sessions of their own', () => {
    const one = person(open(), open(second), open(first, 'b'));
    expect(one.state.sessions).toHaveLength(3);
    expect(one.events.map(({ data }) => data.changed)).toEqual([true, false, false]);
    expect(types(one.does(close(), close(second)))).toEqual(['SessionClosed', 'SessionClosed']);
    expect(one.seen.state).toBe('available');
    expect(one.does(close(first, 'b'))).toMatchObject([{ data: { changed: true, sessions: [] } }]);
    expect(one.seen).toEqual(seen('offline', 'disconnected'));
  });

  it('S97 what is closed already, or was never open, is closed without an event', () => {
    expect(person(open(), close()).does(close())).toEqual([]);
    expect(person(open()).does(close(second), close(first, 'b'))).toEqual([]);
  });

  it('S97 a node that dies takes its sessions along, and only those', () => {
    const one = person(open(), open(second), open(first, 'b'));
    expect(one.does(expire('a'))).toMatchObject([{ type: 'SessionsExpired', data: { node: 'a', changed: false } }]);
    expect(one.state.sessions).toMatchObject([{ session: first, node: 'b' }]);
    expect(one.does(expire('a'), expire('c'))).toEqual([]);
    expect(one.does(expire('b'))).toMatchObject([{ data: { changed: true } }]);
    expect(one.seen.state).toBe('offline');
  });
});

describe('nobody at the device', () => {
  it('S92 is away when all devices are idle, and back with the first that is not', () => {
    const one = person(open(), open(second));
    expect(one.does(idle(true))).toMatchObject([{ type: 'SessionIdled', data: { changed: false } }]);
    expect(one.seen.state).toBe('available');
    expect(one.does(idle(true, second))).toMatchObject([{ type: 'SessionIdled', data: { changed: true } }]);
    expect(one.seen).toEqual(seen('away', 'idle'));
    expect(one.does(idle(false))).toMatchObject([{ type: 'SessionResumed', data: { changed: true } }]);
    expect(one.seen).toEqual(seen('available', 'default'));
  });

  it('changes nothing when it is known already, or nobody is signed in there', () => {
    expect(person(open()).does(idle(false), idle(true, second), idle(true, first, 'b'))).toEqual([]);
  });

  it('S91 never overrides what was chosen', () => {
    const one = person(open(), choose('busy', { text: 'Review' }));
    expect(one.does(idle(true))).toMatchObject([{ data: { changed: false } }]);
    expect(one.seen).toEqual(seen('busy', 'chosen', { text: 'Review' }));
  });

  it('S95 keeps the words of who is available', () => {
    const one = person(open(), choose('available', { text: 'In Lyon' }), idle(true));
    expect(one.seen).toEqual(seen('away', 'idle', { text: 'In Lyon' }));
  });

  it('a device that leaves can leave idle ones behind', () => {
    const one = person(open(), open(second), idle(true));
    expect(one.does(close(second))).toMatchObject([{ data: { changed: true } }]);
    expect(one.seen.state).toBe('away');
  });
});

describe('choosing', () => {
  it.each(['available', 'busy', 'away'] as const)('S87 S93 S94 %s, with words and without', (availability) => {
    const one = person(open(), choose(availability));
    expect(one.seen).toEqual(seen(availability, 'chosen'));
    one.does(choose(availability, { text: 'In a <b>meeting</b>', device: 'phone' }));
    expect(one.seen).toEqual(seen(availability, 'chosen', { text: 'In a <b>meeting</b>' }));
    expect(one.state).toMatchObject({ device: 'phone', chosenAt: one.now });
  });

  it('S98 outlives all sessions', () => {
    const one = person(open(), choose('busy', { text: 'Review' }), close());
    expect(one.seen).toEqual(seen('offline', 'disconnected'));
    one.does(open(second));
    expect(one.seen).toEqual(seen('busy', 'chosen', { text: 'Review' }));
  });

  it('may be done while nobody is there', () => {
    expect(person().does(choose('away'))).toMatchObject([{ type: 'AvailabilityChosen', data: { changed: false } }]);
  });

  it('the same again changes nothing', () => {
    expect(person(open(), choose('busy', { text: 'x' })).does(choose('busy', { text: 'x' }))).toEqual([]);
    expect(types(person(open()).does(choose('available')))).toEqual(['AvailabilityChosen']);
  });

  it('S94 words have a bound, in code points', () => {
    const most = DEFAULT_LIMITS.statusCodePoints;
    expect(person(open()).does(choose('away', { text: '😀'.repeat(most) }))).toHaveLength(1);
    expect(person(open()).does(choose('away', { text: 'a'.repeat(most + 1) }))).toBe('status-too-long');
  });

  it('an end must be to come', () => {
    const one = person(open());
    expect(one.does(choose('away', { until: one.now }))).toBe('until-past');
    expect(one.does(choose('away', { until: asInstant(one.now + 1_000) }))).toBe('until-past');
  });

  it('is told apart when its id comes again', () => {
    const [event] = person(open(), choose('busy', { text: 'x' })).events.slice(-1) as [PresenceEvent];
    expect(presence.produced(choose('busy', { text: 'x' }), [event])).toBe(true);
    for (const other of [
      choose('busy'),
      choose('away', { text: 'x' }),
      choose('busy', { text: 'x', until: instant(9e6) }),
    ])
      expect(presence.produced(other, [event])).toBe(false);
    expect(presence.produced(open(), [event])).toBe(false);
    expect(presence.produced(open(), [])).toBe(false);
  });
});

describe('an end that is foreseen', () => {
  const end = instant(60_000);

  it('brings back what held before, words and all', () => {
    const one = person(open(), choose('away', { text: 'In Lyon' }), choose('busy', { text: 'Review', until: end }));
    expect(one.seen).toEqual(seen('busy', 'chosen', { text: 'Review', until: end }));
    one.now = end;
    expect(one.does(lapse(end))).toMatchObject([{ type: 'AvailabilityLapsed', data: { changed: true } }]);
    expect(one.seen).toEqual(seen('away', 'chosen', { text: 'In Lyon' }));
    expect(one.does(lapse(end))).toEqual([]);
  });

  it('brings back the default where nothing had been chosen', () => {
    const one = person(open(), choose('busy', { until: end }));
    one.now = end;
    one.does(lapse(end));
    expect(one.seen).toEqual(seen('available', 'default'));
  });

  it('of several in a row brings back what held before the first', () => {
    const later = instant(90_000);
    const one = person(open(), choose('away'), choose('busy', { until: end }), choose('available', { until: later }));
    one.now = later;
    expect(one.does(lapse(end))).toEqual([]);
    one.does(lapse(later));
    expect(one.seen).toEqual(seen('away', 'chosen'));
  });

  it('that is past already, and was not noticed, counts as come', () => {
    const one = person(open(), choose('away'), choose('busy', { until: end }));
    one.now = end;
    const later = asInstant(end + 60_000);
    one.does(choose('available', { until: later }));
    one.now = later;
    one.does(lapse(later));
    expect(one.seen).toEqual(seen('away', 'chosen'));
  });

  it('is forgotten by a choice without one', () => {
    const one = person(open(), choose('busy', { until: end }), choose('away'));
    expect(one.state).toMatchObject({ until: null, formerAvailability: null });
    one.now = end;
    expect(one.does(lapse(end))).toEqual([]);
  });

  it('does not come early', () => {
    const one = person(open(), choose('busy', { until: end }));
    expect(one.does(lapse(end))).toEqual([]);
  });
});

describe('a schedule', () => {
  const end = instant(60_000);

  it('makes busy or away of who is available, and takes it back', () => {
    const one = person(open());
    expect(one.does(apply(quiet, end))).toMatchObject([{ type: 'ScheduleApplied', data: { changed: true } }]);
    expect(one.seen).toEqual(seen('busy', 'do-not-disturb', { until: end }));
    one.does(apply(away, end));
    expect(one.seen).toEqual(seen('away', 'outside-working-hours', { until: end }));
    one.does(apply(null));
    expect(one.seen).toEqual(seen('available', 'default'));
  });

  it('said twice changes nothing', () => {
    expect(person(open(), apply(quiet, end)).does(apply(quiet, end))).toEqual([]);
    expect(person(open()).does(apply(null))).toEqual([]);
  });

  it('yields to Busy and Away, and to what is chosen while it holds', () => {
    const one = person(open(), choose('busy', { text: 'Review' }), apply(away, end));
    expect(one.seen).toEqual(seen('busy', 'chosen', { text: 'Review' }));
    one.does(choose('available'));
    expect(one.seen).toEqual(seen('available', 'chosen'));
    one.does(apply(away, instant(90_000)));
    expect(one.seen).toEqual(seen('available', 'chosen'));
  });

  it('holds again when it says something else', () => {
    const one = person(open(), apply(away, end), choose('available'), apply(quiet, end));
    expect(one.seen.reason).toBe('do-not-disturb');
  });

  it('holds again for who was away when the hours of the choice ended', () => {
    const one = person(open(), apply(quiet, end), choose('available'), close());
    one.now = asInstant(end + 86_400_000);
    const tomorrow = asInstant(end + 86_460_000);
    one.does(open(), apply(quiet, tomorrow));
    expect(one.seen).toEqual(seen('busy', 'do-not-disturb', { until: tomorrow }));
  });

  it('holds again when the choice that won over it ends', () => {
    const soon = instant(30_000);
    const one = person(open(), apply(quiet, end), choose('available', { until: soon }));
    expect(one.seen).toEqual(seen('available', 'chosen', { until: soon }));
    one.now = soon;
    one.does(lapse(soon));
    expect(one.seen).toEqual(seen('busy', 'do-not-disturb', { until: end }));
  });

  it('S97 makes nobody be there', () => {
    expect(person(apply(quiet, end)).seen).toEqual(seen('offline', 'disconnected'));
  });
});

describe('any commands in any order', () => {
  const NODES = ['a', 'b'];
  const randomCommand = (random: () => number, now: number): PresenceCommand => {
    const soon = asInstant(now + 1_000 + below(random, 5_000));
    const at = [pick(random, SESSIONS), pick(random, NODES)] as const;
    return pick(random, [
      () => open(...at, pick(random, ['computer', 'phone', 'tablet'] as const)),
      () => open(...at),
      () => close(...at),
      () => expire(pick(random, NODES)),
      () => idle(random() < 0.5, ...at),
      () =>
        choose(pick(random, ['available', 'busy', 'away'] as const), {
          text: pick(random, [null, 'x', 'y']),
          until: pick(random, [null, soon]),
        }),
      () => lapse(soon),
      () => apply(pick(random, [null, quiet, away]), pick(random, [null, soon])),
    ])();
  };

  it('S87 S97 every event carries all of the result, and says changed exactly when watchers see something else', async () => {
    for (let run = 0; run < 40; run++)
      await withSeed(Number(process.env['PARLEY_TEST_SEED'] ?? Date.now() % 1_000_000) + run, (random) => {
        const one = new Person();
        for (let step = 0; step < 150; step++) {
          const before = effectiveOf(one.state);
          const { since } = one.state;
          const { until } = one.state;
          const command = until !== null && random() < 0.2 ? lapse(until) : randomCommand(random, one.now);
          const events = one.does(command);
          if (typeof events === 'string' || events.length === 0) {
            expect(effectiveOf(one.state)).toEqual(before);
            continue;
          }
          const [event] = events as [PresenceEvent];
          // Alone it says the same as all of them together.
          expect(presence.evolve(presence.initialState, event)).toEqual(one.state);
          const { reason: _, ...then } = before;
          const { reason, ...now } = effectiveOf(one.state);
          expect(event.data.changed).toBe(JSON.stringify(now) !== JSON.stringify(then));
          expect(event.data.since).toBe(event.data.changed ? one.now : since);
          expect(reason === 'disconnected').toBe(one.state.sessions.length === 0);
          // What changes nothing is no event.
          expect([[], 'until-past']).toContainEqual(one.does(command));
        }
        return Promise.resolve();
      });
  });
});

describe('the examples', () => {
  it.each(Object.values(examples))('$type is what the codec takes, and says everything', (event) => {
    stateAfter(event);
    expect(presence.evolve(presence.initialState, event)).toEqual(presence.evolve(stateAfter(event), event));
  });
});
