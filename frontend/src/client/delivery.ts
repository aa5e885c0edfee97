import type { Commands } from '../../../src/application/protocol/index.js';
import { confirm, discard, fail, write, type PendingMessage } from '../model/index.js';
import type { Outcome } from '../session/index.js';
import type { Store } from './store.js';

type Post = Commands['conversation.post'];

export interface DeliveryOptions {
  readonly store: Store;
  readonly newId: () => string;
  readonly now: () => number;
  /** The id stays the same for every try. */
  readonly post: (messageId: string, data: Post['data']) => Promise<Outcome>;
}

/** Messages of one's own on their way to the server: shown at once, until it confirms or refuses them. */
export class Delivery {
  constructor(private readonly options: DeliveryOptions) {}

  post(
    conversationId: string,
    text: string,
    { replyTo = null, mentions = [] }: { replyTo?: number | null; mentions?: readonly string[] } = {},
  ): void {
    const { store, newId, now } = this.options;
    const message = { messageId: newId(), conversationId, text, replyTo, mentions, writtenAt: now() };
    store.setData(write(store.data, message));
    void this.deliver({ ...message, failure: null });
  }

  /** The same message once more, under its own id: if it did arrive after all, it stays one message. */
  retry(messageId: string): void {
    const { store } = this.options;
    const message = store.data.pending.find((one) => one.messageId === messageId);
    if (!message?.failure) return;
    store.setData(fail(store.data, messageId, null));
    void this.deliver(message);
  }

  discard(messageId: string): void {
    const { store } = this.options;
    store.setData(discard(store.data, messageId));
  }

  private async deliver({ messageId, conversationId, text, replyTo, mentions }: PendingMessage): Promise<void> {
    const { store, post } = this.options;
    const outcome = await post(messageId, {
      conversationId,
      text,
      ...(replyTo === null ? {} : { replyTo }),
      ...(mentions.length === 0 ? {} : { mentions: [...mentions] }),
    });
    const { data } = store;
    if (!outcome.ok) store.setData(fail(data, messageId, outcome.error.code));
    else store.setData(confirm(data, messageId, outcome.at, outcome.result as Post['result']));
  }
}
