import { computed, ref, watch, type Ref } from 'vue';
import { offeredFor, openMentionOf, type Addressee } from '../model/index.js';

/** The list of people that opens after an `@`: what is offered, and which one is at hand. */
export const useMentions = (text: Ref<string>, caret: Ref<number>, people: () => readonly Addressee[]) => {
  /** Nobody is chosen before one moves in the list: Enter that ends a message does not write a name. */
  const active = ref(-1);
  /** The `@` whose list was closed by Escape stays closed. */
  const closedAt = ref<number | null>(null);
  const open = computed(() => openMentionOf(text.value, caret.value));
  const offered = computed(() =>
    open.value && open.value.start !== closedAt.value ? offeredFor(open.value.typed, people()) : [],
  );
  watch(
    () => open.value?.start ?? null,
    (start) => {
      if (start === null) closedAt.value = null;
    },
  );
  watch(
    () => open.value?.typed,
    () => (active.value = -1),
  );
  return {
    active,
    offered,
    open,
    step: (by: number): void => {
      const { length } = offered.value;
      active.value = active.value < 0 && by < 0 ? length - 1 : (active.value + by + length) % length;
    },
    close: (): void => {
      closedAt.value = open.value?.start ?? null;
    },
  };
};
