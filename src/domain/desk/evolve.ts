import { unreachable } from '../kernel/decider.js';
import type { DeskEvent } from './events.js';
import { tabOf, type DeskState, type TabState } from './state.js';

export const evolve = (state: DeskState, event: DeskEvent): DeskState => {
  const tab = tabOf(state, event.data.conversationId);
  return { tabs: { ...state.tabs, [event.data.conversationId]: { ...tab, ...changeOf(tab, event) } } };
};

const changeOf = (tab: TabState, event: DeskEvent): Partial<TabState> => {
  switch (event.type) {
    case 'TabOpened':
      return { open: true };
    case 'TabClosed':
      return { open: false };
    case 'ReadMarkerMoved':
      return { readMarker: Math.max(tab.readMarker, event.data.sequence) };
    default:
      return unreachable(event);
  }
};
