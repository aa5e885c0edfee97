import { ref } from 'vue';
import type { ErrorCode } from '../../../src/application/protocol/index.js';
import { reactionsTo } from '../model/index.js';
import { useClient } from './use-client.js';

/** What one can do with messages that are there; why the server said no is said until the next try. */
export const useMessageActions = (conversationId: () => string) => {
  const { client, state } = useClient();
  const problem = ref<ErrorCode | null>(null);
  const told = async (answer: Promise<ErrorCode | null>): Promise<boolean> => {
    problem.value = null;
    problem.value = await answer;
    return problem.value === null;
  };
  const isOwnReaction = (sequence: number, reaction: string): boolean => {
    const self = state.value.data.self?.id;
    const reactions = reactionsTo(state.value.data.reactions.get(conversationId()), sequence);
    return reactions.some((one) => one.user === self && one.reaction === reaction);
  };
  return {
    problem,
    dismiss: (): void => {
      problem.value = null;
    },
    /** Gives a reaction, or takes it back. */
    react: (sequence: number, reaction: string): Promise<boolean> => {
      const name = isOwnReaction(sequence, reaction) ? 'message.unreact' : 'message.react';
      return told(client.tell(name, { conversationId: conversationId(), sequence, reaction }));
    },
    retract: (sequence: number): Promise<boolean> =>
      told(client.tell('message.retract', { conversationId: conversationId(), sequence })),
    correct: (sequence: number, text: string): Promise<boolean> =>
      told(client.tell('message.correct', { conversationId: conversationId(), sequence, text })),
  };
};
