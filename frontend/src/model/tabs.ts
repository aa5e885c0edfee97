import {
  isMentionUnseen,
  isTabShown,
  unreadOf,
  type ConversationView,
  type PersonView,
  type TabView,
} from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';

/** One conversation as the tab strip and the roster show it. */
export interface ConversationSummary {
  readonly id: string;
  readonly conversation: ConversationView;
  readonly tab: TabView;
  /** Everybody but oneself. */
  readonly others: readonly PersonView[];
  readonly unread: number;
  /** Some unread message mentions oneself. */
  readonly isMentioned: boolean;
}

/** Somebody whose name has not come yet. */
export const nameless = (id: string): PersonView => ({ id, name: '…', email: null });

const summariesOf = (state: ClientState): ConversationSummary[] => {
  const summaries: ConversationSummary[] = [];
  for (const { doc: tab } of state.tabs.values()) {
    const conversation = tab && state.conversations.get(tab.conversationId)?.doc;
    if (tab && conversation) summaries.push(summaryOf(state, conversation, tab));
  }
  return summaries;
};

const summaryOf = (state: ClientState, conversation: ConversationView, tab: TabView): ConversationSummary => ({
  id: conversation.id,
  conversation,
  tab,
  others: conversation.participants
    .filter((id) => id !== state.self?.id)
    .map((id) => state.people.get(id) ?? nameless(id)),
  unread: unreadOf(tab, conversation.lastSequence),
  isMentioned: isMentionUnseen(tab),
});

/** Shown tabs in the order in which they were opened. */
export const shownTabs = (state: ClientState): ConversationSummary[] =>
  summariesOf(state)
    .filter(({ id, tab, conversation }) => isTabShown(tab, conversation.lastSequence) && !state.leaving.has(id))
    .sort((a, b) => a.tab.openedAt - b.tab.openedAt || (a.id < b.id ? -1 : 1));

export const summaryById = (state: ClientState, id: string): ConversationSummary | null => {
  const conversation = state.conversations.get(id)?.doc;
  const tab = state.tabs.get(id)?.doc;
  return conversation && tab ? summaryOf(state, conversation, tab) : null;
};

/** Which tab is selected after that one closes: the next one, else the one before. */
export const neighbourOf = (ids: readonly string[], closing: string): string | null => {
  const index = ids.indexOf(closing);
  return ids[index + 1] ?? ids[index - 1] ?? null;
};

/** What the window title calls for: a muted conversation does not call, unless one is mentioned. */
export const unreadThatCalls = (state: ClientState): number =>
  shownTabs(state)
    .filter(({ tab, isMentioned }) => !tab.muted || isMentioned)
    .reduce((sum, { unread }) => sum + unread, 0);

export const totalUnread = (state: ClientState): number =>
  shownTabs(state).reduce((sum, { unread }) => sum + unread, 0);
