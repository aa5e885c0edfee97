import type { Queries } from '../../../src/application/protocol/index.js';
import { holeOf, type ClientState } from '../model/index.js';
import type { Clock } from '../session/clock.js';

type Page = Queries['transcript.page'];

/** One message page that a person reads through. */
export const PAGE_SIZE = 50;
/** Pages that only fill a hole may be as large as the server gives them. */
const FILL_SIZE = 100;
const RETRY_MS = { first: 250, most: 8_000 };

export interface LoaderOptions {
  readonly clock: Clock;
  readonly state: () => ClientState;
  readonly isLive: () => boolean;
  readonly ask: (data: Page['data']) => Promise<Page['result']>;
  readonly loaded: (asked: Page['data'], page: Page['result']) => void;
  readonly failed: (conversationId: string) => void;
}

/** Keeps the wanted transcripts complete at their end, and loads older pages when asked to: one request at a time and conversation. */
export class TranscriptLoader {
  private readonly wanted = new Set<string>();
  private readonly busy = new Set<string>();
  private readonly pauses = new Map<string, number>();

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

  async older(conversationId: string): Promise<void> {
    const transcript = this.options.state().transcripts.get(conversationId);
    if (!transcript || transcript.atBeginning || this.busy.has(conversationId)) return;
    await this.load({ conversationId, before: transcript.from, limit: PAGE_SIZE });
    this.look();
  }

  private fill(id: string): void {
    const hole = holeOf(this.options.state(), id);
    if (!hole) {
      this.pauses.delete(id);
      return;
    }
    const asked: Page['data'] =
      hole.kind === 'latest'
        ? { conversationId: id, limit: PAGE_SIZE }
        : { conversationId: id, after: hole.sequence, limit: FILL_SIZE };
    void this.load(asked).then((progress) => {
      if (progress) this.look();
      else this.pause(id);
    });
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

  private async load(asked: Page['data']): Promise<boolean> {
    const id = asked.conversationId;
    this.busy.add(id);
    try {
      const page = await this.options.ask(asked);
      this.options.loaded(asked, page);
      return page.messages.length > 0;
    } catch {
      this.options.failed(id);
      return false;
    } finally {
      this.busy.delete(id);
    }
  }
}
