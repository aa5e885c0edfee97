import type { Queries } from '../../../src/application/protocol/index.js';
import {
  endsOf,
  holeOf,
  oldestPlace,
  type ClientState,
  type Hole,
  type Place,
  type Transcript,
} from '../model/index.js';
import type { Clock } from '../session/clock.js';

type Page = Queries['transcript.page'];

/** One message page that a person reads through. */
export const PAGE_SIZE = 50;
/** Pages that only fill a hole may be as large as the server gives them. */
const FILL_SIZE = 100;
/** So many messages before the one that one goes to. */
const CONTEXT = 20;
const RETRY_MS = { first: 250, most: 8_000 };

export interface LoaderOptions {
  readonly clock: Clock;
  readonly state: () => ClientState;
  readonly isLive: () => boolean;
  readonly ask: (data: Page['data']) => Promise<Page['result']>;
  /** `replaces`: one goes to another part of the conversation. */
  readonly loaded: (asked: Page['data'], page: Page['result'], replaces: boolean) => void;
  readonly failed: (conversationId: string) => void;
}

/** Keeps the wanted transcripts complete at their end, and loads older pages when asked to: one request at a time and conversation. */
export class TranscriptLoader {
  private readonly wanted = new Set<string>();
  private readonly busy = new Set<string>();
  /** The newest page may not come between two others. */
  private readonly running = new Map<string, Promise<unknown>>();
  private readonly pauses = new Map<string, number>();
  /** Groups of which a page came: the notices before the first message are no hole that shows by itself. */
  private readonly begun = new Set<string>();
  /** Transcripts in which anything may have changed unseen, and up to where they were looked through. */
  private readonly walks = new Map<string, Place>();

  constructor(private readonly options: LoaderOptions) {}

  /** From now on this conversation is looked at, or was. */
  want(conversationId: string): void {
    this.wanted.add(conversationId);
    this.look();
  }

  /** Something changed: fill what is missing. */
  look(): void {
    if (!this.options.isLive()) return;
    for (const id of this.wanted) if (!this.busy.has(id)) this.fill(id);
  }

  /** Forgets how long it waited, for a new connection or a person who asks. */
  retry(): void {
    this.pauses.clear();
    this.busy.clear();
    this.look();
  }

  /** A snapshot came instead of what happened: whatever is held may have been corrected, and notices may be missing. */
  renew(): void {
    for (const [id, transcript] of this.options.state().transcripts)
      if (transcript.from <= transcript.to || transcript.fromNotice !== undefined)
        this.walks.set(id, placeBefore(transcript));
    this.look();
  }

  /** After what is being loaded: at the top nothing scrolls any more, and nobody would ask again. */
  async older(conversationId: string): Promise<void> {
    await this.inTurn(conversationId, (transcript) => {
      if (!transcript || transcript.atBeginning) return null;
      const { sequence, notice } = oldestPlace(transcript);
      return { before: sequence, ...(notice === 0 ? {} : { beforeNotice: notice }), limit: PAGE_SIZE };
    });
    this.look();
  }

  /** What comes after a part of the conversation that is far from its end. */
  async newer(conversationId: string): Promise<void> {
    await this.inTurn(conversationId, (transcript) => {
      if (!transcript?.adrift) return null;
      const notices = this.options.state().notices.get(conversationId);
      const last = notices?.findLast(({ doc }) => doc.sequence === transcript.to)?.doc.notice;
      return { after: transcript.to, ...(last === undefined ? {} : { afterNotice: last }), limit: PAGE_SIZE };
    });
    this.look();
  }

  /** Back to the end, from wherever one was. */
  async newest(conversationId: string): Promise<void> {
    await this.inTurn(conversationId, (transcript) => (transcript?.adrift ? { limit: PAGE_SIZE } : null));
  }

  /** The part of the conversation around a message; whether that message is among what one may see. */
  async around(conversationId: string, sequence: number): Promise<boolean> {
    const after = Math.max(0, sequence - 1 - CONTEXT);
    const ask = () => (this.holds(conversationId, sequence) ? null : { after, limit: PAGE_SIZE });
    if (ask()) await this.inTurn(conversationId, ask, true);
    return this.holds(conversationId, sequence);
  }

  /** Asks for a page once nothing else of the conversation is being loaded, if one is wanted then: nothing comes between looking and asking. */
  private async inTurn(
    conversationId: string,
    wanted: (transcript: Transcript | undefined) => Omit<Page['data'], 'conversationId'> | null,
    replaces = false,
  ): Promise<void> {
    for (;;) {
      const running = this.running.get(conversationId);
      if (!running) break;
      await running;
    }
    const asked = wanted(this.options.state().transcripts.get(conversationId));
    if (asked) await this.load({ conversationId, ...asked }, replaces);
  }

  private holds(conversationId: string, sequence: number): boolean {
    const messages = this.options.state().transcripts.get(conversationId)?.messages;
    return messages?.some(({ doc }) => doc.sequence === sequence) ?? false;
  }

  private fill(id: string): void {
    const hole = this.missing(id);
    if (!hole) {
      this.pauses.delete(id);
      return;
    }
    const asked = { conversationId: id, ...pageFor(hole, this.walks.get(id)) };
    void this.load(asked, hole.kind === 'unread').then((progress) => {
      if (progress) this.look();
      else this.pause(id);
    });
  }

  private missing(id: string): Hole | null {
    const state = this.options.state();
    if (!state.conversations.get(id)?.doc) {
      this.walks.delete(id);
      return null;
    }
    const hole = holeOf(state, id);
    if (hole?.kind === 'latest') this.walks.delete(id);
    const walk = this.walks.get(id);
    if (walk) return { kind: 'after', sequence: walk.sequence };
    const isUnbegun = state.conversations.get(id)?.doc?.kind === 'group' && !this.begun.has(id);
    return hole ?? (isUnbegun ? { kind: 'latest' } : null);
  }

  /** Read models come after the live feed, so that an answer may not have the newest message yet. */
  private pause(id: string): void {
    const pauseMs = this.pauses.get(id) ?? RETRY_MS.first;
    this.pauses.set(id, Math.min(pauseMs * 2, RETRY_MS.most));
    this.busy.add(id);
    this.options.clock.after(pauseMs, () => {
      this.busy.delete(id);
      this.look();
    });
  }

  /** Whether anything came of it. */
  private load(asked: Page['data'], replaces = false): Promise<boolean> {
    const loading = this.loadNow(asked, replaces);
    this.running.set(asked.conversationId, loading);
    return loading;
  }

  private async loadNow(asked: Page['data'], replaces: boolean): Promise<boolean> {
    const id = asked.conversationId;
    const walk = this.walks.get(id);
    const before = this.reached(id);
    this.busy.add(id);
    try {
      const page = await this.options.ask(asked);
      const ends = endsOf(page);
      if (replaces) this.walks.delete(id);
      else if (asked.after !== undefined) this.walked(id, walk, page.more ? (ends?.last ?? null) : null);
      if (ends) this.begun.add(id);
      this.options.loaded(asked, page, replaces);
      // What was held already is no progress: asking for it again at once would never end.
      return this.reached(id) !== before;
    } catch {
      this.options.failed(id);
      return false;
    } finally {
      this.busy.delete(id);
      this.running.delete(id);
    }
  }

  /** How far the held part goes, in words that change with it. */
  private reached(id: string): string {
    const held = this.options.state().transcripts.get(id);
    return JSON.stringify([held?.from, held?.fromNotice, held?.to, held?.atBeginning, this.walks.get(id)]);
  }

  /** Goes on from there; unless the walk began anew meanwhile. */
  private walked(id: string, before: Place | undefined, next: Place | null): void {
    if (this.walks.get(id) !== before) return;
    const held = this.options.state().transcripts.get(id);
    const isBeyond = next && held?.adrift && next.sequence >= held.to;
    if (next && !isBeyond) this.walks.set(id, next);
    else this.walks.delete(id);
  }
}

const pageFor = (hole: Hole, walk: Place | undefined): Omit<Page['data'], 'conversationId'> => {
  if (hole.kind === 'latest') return { limit: PAGE_SIZE };
  if (hole.kind === 'unread') return { after: Math.max(0, hole.sequence - CONTEXT), limit: FILL_SIZE };
  const notice = walk && walk.notice > 0 ? { afterNotice: walk.notice } : {};
  return { after: hole.sequence, ...notice, limit: FILL_SIZE };
};

/** An `after` from which a page begins with the oldest entry that is held. */
const placeBefore = (transcript: Transcript): Place => {
  const { sequence, notice } = oldestPlace(transcript);
  return notice > 0 ? { sequence, notice: notice - 1 } : { sequence: sequence - 1, notice: 0 };
};
