import {
  viewKey,
  type CommandFrame,
  type CommandName,
  type Commands,
  type ErrorCode,
  type PreferencesView,
  type TabView,
} from '../../../src/application/protocol/index.js';
import { withMessages } from './apply-change.js';
import { preferencesOf, type ClientState } from './client-state.js';
import { withIntent, type Documents, type Patch } from './documents.js';
import type { PendingMessage } from './pending-message.js';

type Data<N extends CommandName> = Commands[N]['data'];
type Intents = { readonly [N in CommandName]?: (state: ClientState, data: Data<N>, now: number) => ClientState };

const ofTab = (state: ClientState, conversationId: string, patch: Patch<TabView>): ClientState => ({
  ...state,
  tabs: withIntent(state.tabs, conversationId, patch),
});

/** What is shown of a command before the server answers. Of all others one waits for the answer. */
const INTENTS: Intents = {
  'desk.open-tab': (state, { conversationId }, now) =>
    state.tabs.get(conversationId)?.doc?.open
      ? state
      : ofTab(state, conversationId, { set: { open: true, openedAt: now } }),
  'desk.close-tab': (state, { conversationId, upTo }) =>
    ofTab(state, conversationId, { set: { open: false }, max: { hiddenUpTo: upTo, readMarker: upTo } }),
  'desk.move-read-marker': (state, { conversationId, sequence }) =>
    ofTab(state, conversationId, { max: { readMarker: sequence } }),
  'desk.mute': (state, { conversationId, muted }) => ofTab(state, conversationId, { set: { muted } }),
  'desk.share-reading': (state, { shared }) => ({
    ...state,
    preferences: withOwn(state.preferences, { ...preferencesOf(state), sharesReading: shared }),
    // Who does not tell is not told.
    marks: shared ? state.marks : new Map(),
  }),
};

const withOwn = (preferences: Documents<PreferencesView>, doc: PreferencesView): Documents<PreferencesView> =>
  new Map(preferences).set(viewKey.preferences(), { at: preferences.get(viewKey.preferences())?.at ?? 0, doc });

/** Shows a command at once as what the server will make of it. Doing so again after a snapshot is harmless. */
export const applyIntent = (state: ClientState, { name, data }: CommandFrame, now: number): ClientState => {
  const intent = INTENTS[name] as ((state: ClientState, data: object, now: number) => ClientState) | undefined;
  return intent?.(state, data, now) ?? state;
};

export const write = (state: ClientState, message: Omit<PendingMessage, 'failure'>): ClientState => ({
  ...state,
  pending: [...state.pending, { ...message, failure: null }],
});

/** The server has the message: it takes its place, whether or not the delta of it ever comes. */
export const confirm = (
  state: ClientState,
  messageId: string,
  at: number,
  { sequence, postedAt }: { sequence: number; postedAt: number },
): ClientState => {
  const message = state.pending.find((one) => one.messageId === messageId);
  if (!message || !state.self) return state;
  const { conversationId, text, replyTo, mentions } = message;
  const said = { conversationId, sequence, messageId, author: state.self.id, text, replyTo, mentions, postedAt };
  const doc = { ...said, correctedAt: null, retractedAt: null };
  return withMessages(state, [{ at, doc }]);
};

export const fail = (state: ClientState, messageId: string, failure: ErrorCode | null): ClientState => ({
  ...state,
  pending: state.pending.map((one) => (one.messageId === messageId ? { ...one, failure } : one)),
});

export const discard = (state: ClientState, messageId: string): ClientState => ({
  ...state,
  pending: state.pending.filter((one) => one.messageId !== messageId),
});
