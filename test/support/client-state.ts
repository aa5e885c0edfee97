import {
  viewKey,
  type Placed,
  type ServerFrame,
  type SnapshotFrame,
  type ViewName,
  type Views,
} from '../../src/application/protocol/index.js';
import { applyChange, type Change } from '../../src/projections/runtime/change.js';

export type Documents = { [V in ViewName]: Map<string, Placed<Views[V]>> };

const empty = (): Documents => ({
  conversation: new Map(),
  tab: new Map(),
  message: new Map(),
  notice: new Map(),
  reaction: new Map(),
  invitation: new Map(),
  invited: new Map(),
  mark: new Map(),
  preferences: new Map(),
  favorite: new Map(),
  request: new Map(),
  watcher: new Map(),
  presence: new Map(),
  ownPresence: new Map(),
});

/** Views that belong to a conversation and are forgotten with it. */
const OF_A_CONVERSATION = ['message', 'notice', 'reaction', 'invited', 'mark'] as const;

/** What pushed frames come to, as docs/protocol.md says; whatever connection they come by. */
export class ClientState {
  documents = empty();
  /** Everything up to here was applied. */
  position: number | undefined;

  take(frame: ServerFrame): void {
    if (frame.t === 'snapshot') this.replace(frame);
    else if (frame.t === 'resumed') this.position = frame.at;
    else if (frame.t === 'ping') this.position = Math.max(this.position ?? 0, frame.at);
    else if (frame.t === 'delta') {
      for (const { view, ...change } of frame.changes) this.change(view, frame.at, change);
      this.position = frame.at;
    }
  }

  /** Documents that came in an answer. */
  hold<V extends ViewName>(view: V, placed: readonly Placed<Views[V]>[]): void {
    const key = viewKey[view] as (doc: Views[V]) => string;
    for (const { at, doc } of placed) this.change(view, at, { op: 'put', key: key(doc), doc });
  }

  /** An independent copy. */
  copy(): ClientState {
    const copy = new ClientState();
    for (const view of Object.keys(this.documents) as ViewName[])
      Object.assign(copy.documents, { [view]: new Map<string, unknown>(this.documents[view]) });
    copy.position = this.position;
    return copy;
  }

  private replace(snapshot: SnapshotFrame): void {
    const { message, notice, reaction, mark } = this.documents;
    this.documents = { ...empty(), message, notice, reaction, mark };
    for (const placed of snapshot.conversations)
      this.documents.conversation.set(viewKey.conversation(placed.doc), placed);
    for (const placed of snapshot.tabs) this.documents.tab.set(viewKey.tab(placed.doc), placed);
    for (const placed of snapshot.invitations) this.documents.invitation.set(viewKey.invitation(placed.doc), placed);
    for (const placed of snapshot.invited) this.documents.invited.set(viewKey.invited(placed.doc), placed);
    for (const placed of snapshot.favorites) this.documents.favorite.set(viewKey.favorite(placed.doc), placed);
    for (const placed of snapshot.requests) this.documents.request.set(viewKey.request(placed.doc), placed);
    for (const placed of snapshot.watchers) this.documents.watcher.set(viewKey.watcher(placed.doc), placed);
    for (const placed of snapshot.presences) this.documents.presence.set(viewKey.presence(placed.doc), placed);
    this.documents.ownPresence.set(viewKey.ownPresence(), snapshot.ownPresence);
    this.documents.preferences.set(viewKey.preferences(), snapshot.preferences);
    this.forget((conversationId) => !this.documents.conversation.has(conversationId));
    this.position = snapshot.at;
  }

  /** What belongs to conversations that one no longer takes part in. */
  private forget(gone: (conversationId: string) => boolean): void {
    for (const view of OF_A_CONVERSATION)
      for (const [key, { doc }] of this.documents[view]) if (gone(doc.conversationId)) this.documents[view].delete(key);
  }

  private change(view: ViewName, at: number, change: Change<object>): void {
    const documents = this.documents[view] as Map<string, Placed<object>>;
    const before = documents.get(change.key);
    if (before && before.at > at) return;
    const doc = applyChange(before?.doc ?? null, change);
    if (doc === null) {
      documents.delete(change.key);
      if (view === 'conversation') this.forget((conversationId) => conversationId === change.key);
    } else documents.set(change.key, { at, doc });
  }
}
