import { isLongerThan } from '../kernel/code-points.js';
import { accepted, rejected, unreachable, type Decision, type DecisionContext } from '../kernel/decider.js';
import type { UserId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { ChooseAvailability, PresenceCommand } from './commands.js';
import { effectiveOf } from './effective.js';
import type { PresenceEvent } from './events.js';
import type { PresenceRejection } from './rejections.js';
import type { Imposed, PresenceResult, PresenceSession, PresenceState } from './state.js';

type Decided = Decision<PresenceEvent, PresenceRejection>;

/** Commands that change nothing are accepted with no event. */
export const decide = (command: PresenceCommand, state: PresenceState, { now, limits }: DecisionContext): Decided => {
  const { user } = command.data;
  const say = (patch: Partial<PresenceResult>) => resulting(state, patch, user, now);
  switch (command.type) {
    case 'OpenSession': {
      const { session, node, device } = command.data;
      if (sessionIn(state, session, node)) return accepted();
      const opened: PresenceSession = { session, node, device, idle: false, openedAt: now };
      return accepted({
        type: 'SessionOpened',
        data: { ...say({ sessions: [...state.sessions, opened] }), session, node },
      });
    }
    case 'CloseSession': {
      const { session, node } = command.data;
      const closed = sessionIn(state, session, node);
      if (!closed) return accepted();
      const sessions = state.sessions.filter((one) => one !== closed);
      return accepted({ type: 'SessionClosed', data: { ...say({ sessions }), session, node } });
    }
    case 'ExpireSessions': {
      const { node } = command.data;
      const sessions = state.sessions.filter((one) => one.node !== node);
      if (sessions.length === state.sessions.length) return accepted();
      return accepted({ type: 'SessionsExpired', data: { ...say({ sessions }), node } });
    }
    case 'MarkIdle': {
      const { session, node, idle } = command.data;
      const marked = sessionIn(state, session, node);
      if (!marked || marked.idle === idle) return accepted();
      const sessions = state.sessions.map((one) => (one === marked ? { ...one, idle } : one));
      return accepted({
        type: idle ? 'SessionIdled' : 'SessionResumed',
        data: { ...say({ sessions }), session, node },
      });
    }
    case 'ChooseAvailability': {
      const { text, until } = command.data;
      if (text !== null && isLongerThan(text, limits.statusCodePoints)) return rejected('status-too-long');
      if (until !== null && until <= now) return rejected('until-past');
      const chosen = choice(command.data, state, now);
      return isChoiceOf(state, chosen) ? accepted() : accepted({ type: 'AvailabilityChosen', data: say(chosen) });
    }
    case 'LapseAvailability': {
      const { until } = command.data;
      if (state.until !== until || now < until) return accepted();
      // The choice is over, and with it that it won over the schedule.
      const back = { ...former(state), device: null, chosenAt: null, overridden: false };
      return accepted({ type: 'AvailabilityLapsed', data: say(back) });
    }
    case 'ApplySchedule': {
      const { imposed, until } = command.data;
      const same = isSame(state.imposed, imposed);
      if (same && state.imposedUntil === until) return accepted();
      // Yesterday's choice does not win over today's hours, even if nobody was there when yesterday's ended.
      const goesOn = same && (state.imposedUntil === null || now < state.imposedUntil);
      const overridden = goesOn && state.overridden;
      return accepted({ type: 'ScheduleApplied', data: say({ imposed, imposedUntil: until, overridden }) });
    }
    default:
      return unreachable(command);
  }
};

const sessionIn = ({ sessions }: PresenceState, session: string, node: string): PresenceSession | undefined =>
  sessions.find((one) => one.session === session && one.node === node);

const resulting = (state: PresenceState, patch: Partial<PresenceResult>, user: UserId, now: Instant) => {
  const next = { ...state, ...patch };
  const [before, after] = [effectiveOf(state), effectiveOf(next)];
  const changed = before.state !== after.state || before.text !== after.text || before.until !== after.until;
  return { ...next, since: changed ? now : state.since, user, at: now, changed };
};

/** What holds again when the timed choice ends. */
const former = ({ formerAvailability, formerText }: PresenceState) => ({
  availability: formerAvailability ?? ('available' as const),
  text: formerText,
  until: null,
  formerAvailability: null,
  formerText: null,
});

type Choice = Pick<
  PresenceResult,
  'availability' | 'text' | 'until' | 'device' | 'chosenAt' | 'formerAvailability' | 'formerText' | 'overridden'
>;

/** A choice without an end is what later timed ones come back to. */
const choice = (
  { availability, text, until, device }: ChooseAvailability['data'],
  state: PresenceState,
  now: Instant,
): Choice => {
  const isOver = state.until !== null && state.until <= now;
  const base = isOver ? { ...state, ...former(state) } : state;
  const back =
    until === null
      ? { formerAvailability: null, formerText: null }
      : base.until === null
        ? { formerAvailability: base.availability, formerText: base.text }
        : { formerAvailability: base.formerAvailability, formerText: base.formerText };
  return { availability, text, until, device, chosenAt: now, ...back, overridden: state.imposed !== null };
};

const isChoiceOf = (state: PresenceState, chosen: Choice): boolean =>
  state.chosenAt !== null &&
  (['availability', 'text', 'until', 'formerAvailability', 'formerText', 'overridden'] as const).every(
    (field) => state[field] === chosen[field],
  );

const isSame = (a: Imposed | null, b: Imposed | null): boolean =>
  a?.availability === b?.availability && a?.reason === b?.reason;

const MAKES: Readonly<Record<PresenceCommand['type'], readonly PresenceEvent['type'][]>> = {
  OpenSession: ['SessionOpened'],
  CloseSession: ['SessionClosed'],
  ExpireSessions: ['SessionsExpired'],
  MarkIdle: ['SessionIdled', 'SessionResumed'],
  ChooseAvailability: ['AvailabilityChosen'],
  LapseAvailability: ['AvailabilityLapsed'],
  ApplySchedule: ['ScheduleApplied'],
};

/** See `Decider.produced`. */
export const produced = (command: PresenceCommand, [event]: readonly PresenceEvent[]): boolean => {
  if (!event || !MAKES[command.type].includes(event.type)) return false;
  if (command.type !== 'ChooseAvailability') return true;
  const { availability, text, until } = command.data;
  // An erased text cannot be told from another one: the person who would repeat it is gone as well.
  return event.data.availability === availability && event.data.text === text && event.data.until === until;
};
