import type { ProjectionName } from '../../projections/index.js';
import type { ConversationDocument } from '../../projections/conversations/conversations.model.js';
import type { TabDocument } from '../../projections/tabs/tabs.model.js';
import type { MessageDocument } from '../../projections/transcript/transcript.model.js';
import type { ViewName, Views } from '../../application/protocol/index.js';

/** Who gets a change: the participants (those who may see the sequence, if there is one), or one person. */
export type Audience =
  | { readonly kind: 'participants'; readonly sequence: number | null }
  | { readonly kind: 'person'; readonly userId: string };

interface PushedView {
  readonly view: ViewName;
  /** From a document's key: the key on the wire, and who gets the change. */
  route(key: string): { readonly key: string; readonly audience: Audience };
}

/** What becomes of each projection's changes on the wire: a new projection does not compile until this says so. */
export const PUSHED_VIEWS: Readonly<Record<ProjectionName, PushedView | 'not-pushed'>> = {
  people: 'not-pushed',
  conversations: {
    view: 'conversation',
    route: (key) => ({ key, audience: { kind: 'participants', sequence: null } }),
  },
  transcript: {
    view: 'message',
    route: (key) => {
      const slash = key.indexOf('/');
      const sequence = Number(key.slice(slash + 1));
      return { key: `${key.slice(0, slash)}/${sequence}`, audience: { kind: 'participants', sequence } };
    },
  },
  tabs: {
    view: 'tab',
    route: (key) => {
      const slash = key.indexOf('/');
      return { key: key.slice(slash + 1), audience: { kind: 'person', userId: key.slice(0, slash) } };
    },
  },
};

/* The documents of pushed projections are the views of the protocol: this does not compile when they part. */
type Same<A, B> = [A, B] extends [B, A] ? true : never;
export const documentsAreViews: [
  Same<ConversationDocument, Views['conversation']>,
  Same<TabDocument, Views['tab']>,
  Same<MessageDocument, Views['message']>,
] = [true, true, true];
