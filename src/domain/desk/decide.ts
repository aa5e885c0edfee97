import { accepted, unreachable, type Decision, type DecisionContext } from '../kernel/decider.js';
import type { DeskCommand } from './commands.js';
import type { DeskEvent } from './events.js';
import type { DeskRejection } from './rejections.js';
import { tabOf, type DeskState } from './state.js';

/** Commands that change nothing are accepted with no event, so that repeating them fills no log. */
export const decide = (
  command: DeskCommand,
  state: DeskState,
  { principal, now }: DecisionContext,
): Decision<DeskEvent, DeskRejection> => {
  const { conversationId } = command.data;
  const tab = tabOf(state, conversationId);
  const base = { owner: principal, conversationId };
  switch (command.type) {
    case 'OpenTab':
      return tab.open ? accepted() : accepted({ type: 'TabOpened', data: { ...base, openedAt: now } });
    case 'CloseTab':
      return accepted({ type: 'TabClosed', data: { ...base, upTo: command.data.upTo } });
    case 'MoveReadMarker':
      return command.data.sequence <= tab.readMarker
        ? accepted()
        : accepted({ type: 'ReadMarkerMoved', data: { ...base, sequence: command.data.sequence } });
    default:
      return unreachable(command);
  }
};

const NAMES = { OpenTab: 'TabOpened', CloseTab: 'TabClosed', MoveReadMarker: 'ReadMarkerMoved' } as const;

/** See `Decider.produced`. What is asked for is capped to what was said by then: a repetition may find a later cap. */
export const produced = (command: DeskCommand, events: readonly DeskEvent[]): boolean => {
  const [event] = events;
  if (event?.type !== NAMES[command.type] || event.data.conversationId !== command.data.conversationId) return false;
  if (command.type === 'MoveReadMarker' && event.type === 'ReadMarkerMoved')
    return event.data.sequence <= command.data.sequence;
  if (command.type === 'CloseTab' && event.type === 'TabClosed') return event.data.upTo <= command.data.upTo;
  return true;
};
