import type { CommandFrame, ErrorCode } from '../../../src/application/protocol/index.js';
import { withMessages } from './apply-frame.js';
import type { ClientState } from './client-state.js';
import { withIntent } from './documents.js';

/** Shows a command at once as what the server will make of it. Doing so again after a snapshot is harmless. */
export const applyIntent = (state: ClientState, { name, data }: CommandFrame, now: number): ClientState => {
  switch (name) {
    case 'conversation.start':
    case 'conversation.post': // a pending message shows it
      return state;
    case 'desk.open-tab': {
      const tab = state.tabs.get(data.conversationId)?.doc;
      if (tab?.open) return state;
      return { ...state, tabs: withIntent(state.tabs, data.conversationId, { set: { open: true, openedAt: now } }) };
    }
    case 'desk.close-tab': {
      const { conversationId, upTo } = data;
      const patch = { set: { open: false }, max: { hiddenUpTo: upTo, readMarker: upTo } };
      return { ...state, tabs: withIntent(state.tabs, conversationId, patch) };
    }
    case 'desk.move-read-marker': {
      const { conversationId, sequence } = data;
      return { ...state, tabs: withIntent(state.tabs, conversationId, { max: { readMarker: sequence } }) };
    }
  }
};

export const write = (
  state: ClientState,
  message: { messageId: string; conversationId: string; text: string; writtenAt: number },
): ClientState => ({ ...state, pending: [...state.pending, { ...message, failure: null }] });

/** The server has the message: it takes its place, whether or not the delta of it ever comes. */
export const confirm = (
  state: ClientState,
  messageId: string,
  at: number,
  { sequence, postedAt }: { sequence: number; postedAt: number },
): ClientState => {
  const message = state.pending.find((one) => one.messageId === messageId);
  if (!message || !state.self) return state;
  const { conversationId, text } = message;
  const doc = { conversationId, sequence, messageId, author: state.self.id, text, postedAt };
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
