import {
  viewKey,
  type MessageView,
  type Placed,
  type Queries,
  type ServerFrame,
} from '../../../src/application/protocol/index.js';
import { changed } from '../model/documents.js';
import type { Clock } from '../session/index.js';
import { Subscribers } from './subscribers.js';

type Ask = (data: Queries['transcript.messages']['data']) => Promise<Queries['transcript.messages']['result']>;

/** Wishes of one look at the screen go together. */
const GATHER_MS = 20;
const BATCH = 100;

/** Messages that others answer and that are not loaded. `null`: one may not see it. */
export class Quotations {
  readonly changes = new Subscribers<void>();
  private readonly held = new Map<string, Placed<MessageView> | null>();
  private readonly wanted = new Map<string, Set<number>>();
  private isGathering = false;

  constructor(
    private readonly clock: Clock,
    private readonly ask: Ask,
  ) {}

  /** `undefined`: it is not known yet, and was asked for. */
  get(conversationId: string, sequence: number): MessageView | null | undefined {
    const held = this.held.get(viewKey.message({ conversationId, sequence }));
    if (held !== undefined) return held?.doc ?? null;
    const wanted = this.wanted.get(conversationId) ?? new Set();
    this.wanted.set(conversationId, wanted.add(sequence));
    this.gather();
    return undefined;
  }

  /** What is corrected or retracted is so in quotations too; who left keeps none, who joins may see more, and a snapshot tells nothing of it. */
  received(frame: ServerFrame): void {
    if (frame.t === 'snapshot') this.forget(() => true);
    if (frame.t !== 'delta') return;
    for (const change of frame.changes) {
      if (change.view === 'conversation' && change.op !== 'patch')
        this.forget((key) => key.startsWith(`${change.key}/`));
      if (change.view !== 'message') continue;
      const held = this.held.get(change.key);
      if (!held || held.at > frame.at) continue;
      this.held.set(change.key, withDoc(frame.at, changed(held.doc, change)));
      this.changes.tell();
    }
  }

  /** There is a connection again: what could not be asked for is asked for now. */
  look(): void {
    if (this.wanted.size > 0) this.gather();
  }

  private forget(which: (key: string) => boolean): void {
    for (const key of [...this.held.keys()]) if (which(key)) this.held.delete(key);
    // An answer that is under way must not bring back what was forgotten: whoever shows it still asks again.
    for (const id of [...this.wanted.keys()]) if (which(`${id}/`)) this.wanted.delete(id);
    this.changes.tell();
  }

  private gather(): void {
    if (this.isGathering) return;
    this.isGathering = true;
    this.clock.after(GATHER_MS, () => {
      this.isGathering = false;
      for (const [id, wanted] of this.wanted) void this.load(id, [...wanted].slice(0, BATCH));
    });
  }

  private async load(conversationId: string, sequences: number[]): Promise<void> {
    const wanted = this.wanted.get(conversationId);
    try {
      const { messages } = await this.ask({ conversationId, sequences });
      if (this.wanted.get(conversationId) !== wanted) return;
      const found = new Map(messages.map((placed) => [placed.doc.sequence, placed]));
      for (const sequence of sequences) {
        this.held.set(viewKey.message({ conversationId, sequence }), found.get(sequence) ?? null);
        wanted?.delete(sequence);
      }
      if (wanted?.size === 0) this.wanted.delete(conversationId);
      else if (wanted) this.gather();
      this.changes.tell();
    } catch {
      // It stays wanted, for the next connection or the next that want one.
    }
  }
}

const withDoc = (at: number, doc: MessageView | null): Placed<MessageView> | null => doc && { at, doc };
