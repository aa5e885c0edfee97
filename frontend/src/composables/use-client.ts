import {
  computed,
  inject,
  onScopeDispose,
  provide,
  shallowRef,
  type ComputedRef,
  type InjectionKey,
  type ShallowRef,
} from 'vue';
import type { Client, ViewState } from '../client/index.js';
import { shownTabs, summaryById, type ConversationSummary } from '../model/index.js';

interface ClientContext {
  readonly client: Client;
  /** The one bridge from the client to the screen: every state is a new immutable value. */
  readonly state: Readonly<ShallowRef<ViewState>>;
  readonly tabs: ComputedRef<ConversationSummary[]>;
  readonly selected: ComputedRef<ConversationSummary | null>;
}

const KEY: InjectionKey<ClientContext> = Symbol('client');

export const provideClient = (client: Client): ClientContext => {
  const state = shallowRef(client.state);
  onScopeDispose(client.changes.add((next) => (state.value = next)));
  const context: ClientContext = {
    client,
    state,
    tabs: computed(() => shownTabs(state.value.data)),
    selected: computed(() => {
      const { data, selected } = state.value;
      return selected === null ? null : summaryById(data, selected);
    }),
  };
  provide(KEY, context);
  return context;
};

export const useClient = (): ClientContext => {
  const context = inject(KEY);
  if (!context) throw new Error('useClient outside of the main window');
  return context;
};
