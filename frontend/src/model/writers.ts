import type { WriterFrame } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';

export const WRITING_MS = 6_000;

export const withWriter = (state: ClientState, { conversationId, userId }: WriterFrame, now: number): ClientState => ({
  ...state,
  writers: [
    ...withoutWriter(state, conversationId, userId).writers,
    { conversationId, userId, until: now + WRITING_MS },
  ],
});

/** Their message came, or they left. */
export const withoutWriter = (state: ClientState, conversationId: string, userId: string): ClientState => {
  const writers = state.writers.filter((one) => one.conversationId !== conversationId || one.userId !== userId);
  return writers.length === state.writers.length ? state : { ...state, writers };
};

export const withoutSilentWriters = (state: ClientState, now: number): ClientState => {
  const writers = state.writers.filter(({ until }) => until > now);
  return writers.length === state.writers.length ? state : { ...state, writers };
};
