import { accepted, unreachable, type Decision, type DecisionContext } from '../kernel/decider.js';
import type { DeskCommand } from './commands.js';
import type { DeskEvent } from './events.js';
import type { DeskRejection } from './rejections.js';
import { tabOf, type DeskState, type Schedule, type WeeklyWindow } from './state.js';

/** Commands that change nothing are accepted with no event, so that repeating them fills no log. */
export const decide = (
  command: DeskCommand,
  state: DeskState,
  { principal: owner, now }: DecisionContext,
): Decision<DeskEvent, DeskRejection> => {
  if (command.type === 'ShareReading') {
    if (command.data.shared === state.sharesReading) return accepted();
    return command.data.shared
      ? accepted({ type: 'ReadingShared', data: { owner, sharedAt: now, schedule: state.schedule } })
      : accepted({ type: 'ReadingHidden', data: { owner, hiddenAt: now, schedule: state.schedule } });
  }
  if (command.type === 'SetSchedule') {
    const { schedule } = command.data;
    if (isSame(schedule, state.schedule)) return accepted();
    return accepted({ type: 'ScheduleSet', data: { owner, schedule, setAt: now, sharesReading: state.sharesReading } });
  }
  const { conversationId } = command.data;
  const tab = tabOf(state, conversationId);
  const base = { owner, conversationId };
  switch (command.type) {
    case 'OpenTab':
      return tab.open ? accepted() : accepted({ type: 'TabOpened', data: { ...base, openedAt: now } });
    case 'CloseTab':
      return accepted({ type: 'TabClosed', data: { ...base, upTo: command.data.upTo } });
    case 'MoveReadMarker':
      return command.data.sequence <= tab.readMarker
        ? accepted()
        : accepted({
            type: 'ReadMarkerMoved',
            data: { ...base, sequence: command.data.sequence, shared: state.sharesReading },
          });
    case 'MuteConversation':
      // Muting anew is recorded: whoever left a group and joined again has a fresh tab, of which the desk does not know.
      if (command.data.muted) return accepted({ type: 'ConversationMuted', data: { ...base, mutedAt: now } });
      return tab.muted ? accepted({ type: 'ConversationUnmuted', data: { ...base, unmutedAt: now } }) : accepted();
    default:
      return unreachable(command);
  }
};

const isSame = (one: Schedule | null, other: Schedule | null): boolean => textOf(one) === textOf(other);

/** Whatever order its fields are in. */
const textOf = (schedule: Schedule | null): string =>
  schedule === null
    ? ''
    : JSON.stringify([schedule.zone, windowOf(schedule.workingHours), schedule.doNotDisturb.map(windowOf)]);

const windowOf = (window: WeeklyWindow | null) => window && [window.days, window.from, window.to];

/** The event that a command makes. */
const nameOf = (command: DeskCommand): DeskEvent['type'] => {
  switch (command.type) {
    case 'OpenTab':
      return 'TabOpened';
    case 'CloseTab':
      return 'TabClosed';
    case 'MoveReadMarker':
      return 'ReadMarkerMoved';
    case 'MuteConversation':
      return command.data.muted ? 'ConversationMuted' : 'ConversationUnmuted';
    case 'ShareReading':
      return command.data.shared ? 'ReadingShared' : 'ReadingHidden';
    case 'SetSchedule':
      return 'ScheduleSet';
    default:
      return unreachable(command);
  }
};

/** See `Decider.produced`. What is asked for is capped to what was said by then: a repetition may find a later cap. */
export const produced = (command: DeskCommand, events: readonly DeskEvent[]): boolean => {
  const [event] = events;
  if (event?.type !== nameOf(command)) return false;
  if ('conversationId' in command.data && 'conversationId' in event.data)
    if (event.data.conversationId !== command.data.conversationId) return false;
  if (command.type === 'MoveReadMarker' && event.type === 'ReadMarkerMoved')
    return event.data.sequence <= command.data.sequence;
  if (command.type === 'SetSchedule' && event.type === 'ScheduleSet')
    return isSame(command.data.schedule, event.data.schedule);
  if (command.type === 'CloseTab' && event.type === 'TabClosed') return event.data.upTo <= command.data.upTo;
  return true;
};
