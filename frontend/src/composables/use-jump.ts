import { shallowRef } from 'vue';

export interface JumpTarget {
  readonly conversationId: string;
  readonly sequence: number;
}

/** The message that somebody wants to see; every wish is a new value. */
const target = shallowRef<JumpTarget | null>(null);

/** Leads to a message, wherever it is: from a quotation or a search. */
export const useJump = () => ({
  target,
  jumpTo: (conversationId: string, sequence: number): void => {
    target.value = { conversationId, sequence };
  },
  arrived: (): void => {
    target.value = null;
  },
});
