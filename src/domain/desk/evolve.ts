import { unreachable } from '../kernel/decider.js';
import type { DeskEvent } from './events.js';
import { tabOf, type DeskState, type TabState } from './state.js';

export const evolve = (state: DeskState, event: DeskEvent): DeskState => {
  if (event.type === 'ReadingHidden' || event.type === 'ReadingShared')
    return { ...state, sharesReading: event.type === 'ReadingShared' };
  if (event.type === 'ScheduleSet') return { ...state, schedule: event.data.schedule };
  const tab = tabOf(state, event.data.conversationId);
  return { ...state, tabs: { ...state.tabs, [event.data.conversationId]: { ...tab, ...changeOf(tab, event) } } };
};

type OfATab = Exclude<DeskEvent, { type: 'ReadingHidden' | 'ReadingShared' | 'ScheduleSet' }>;

const changeOf = (tab: TabState, event: OfATab): Partial<TabState> => {
  switch (event.type) {
    case 'TabOpened':
      return { open: true };
    case 'TabClosed':
      return { open: false };
    case 'ReadMarkerMoved':
      return { readMarker: Math.max(tab.readMarker, event.data.sequence) };
    case 'ConversationMuted':
      return { muted: true };
    case 'ConversationUnmuted':
      return { muted: false };
    default:
      return unreachable(event);
  }
};
