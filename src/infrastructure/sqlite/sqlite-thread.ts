import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { LogUnavailable } from '../../application/ports/event-log.js';
import type { SqliteProgram, ThreadOptions, ThreadReply, ThreadRequest } from './thread-messages.js';

/** Batches that the worker may have at once: one that it works on, one that waits for it. */
const BATCHES_MAX = 1;
const BATCH_MAX = 1_000;

/** The disk failed under a write: it may be there or not. */
export class WriteOutcomeUnknown extends Error {
  override readonly name = 'WriteOutcomeUnknown';
}

interface Waiting {
  readonly request: ThreadRequest;
  /** Both are called in the order of commits, in the turn in which the answer arrives. */
  readonly done: (value: unknown) => void;
  readonly failed: (error: Error) => void;
}

type CallsOf<P extends SqliteProgram, K extends 'reads' | 'writes'> = ReturnType<P['open']>[K];
type Argument<F> = F extends (argument: infer A) => unknown ? A : never;
type Result<F> = F extends (argument: never) => infer R ? R : never;

/** The module beside `from`, built: threads of a program that runs from its sources (under tests) run the built files. */
export const builtModule = (from: string, relative: string): string => {
  const url = new URL(relative, from).href;
  const built = from.endsWith('.ts') ? url.replace('/src/', '/dist/server/') : url;
  if (!existsSync(fileURLToPath(built))) throw new Error(`${built} is not there: build first (npm run build)`);
  return built;
};

/**
 * One SQLite file in a worker thread of its own. Requests that come while a transaction commits go together into the next one (group
 * commit); each is answered after its commit. Calls fail with `LogUnavailable` (no effect) or `WriteOutcomeUnknown`.
 */
export class SqliteThread<P extends SqliteProgram> {
  private readonly waiting = new Map<number, Waiting>();
  private queue: Waiting[] = [];
  private inFlight = 0;
  private lastId = 0;
  private gone: LogUnavailable | null = null;
  private scheduled = false;
  /** For measurements and tests: transactions with writes, and writes. */
  readonly counts = { commits: 0, writes: 0 };

  private constructor(private readonly worker: Worker) {
    worker.on('message', (replies: readonly ThreadReply[]) => {
      this.inFlight--;
      for (const reply of replies) this.settle(reply);
      this.flush();
    });
    worker.on('error', (error) => {
      this.lose(error);
    });
    worker.on('exit', () => {
      this.lose(new Error('the thread ended'));
    });
  }

  /** Resolves when the file is open and its tables are there. */
  static async open<P extends SqliteProgram>(options: ThreadOptions): Promise<SqliteThread<P>> {
    const worker = new Worker(new URL(builtModule(import.meta.url, './worker.js')), { workerData: options });
    const first = await new Promise<unknown>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    if (first instanceof Error) {
      await worker.terminate();
      throw first;
    }
    return new SqliteThread<P>(worker);
  }

  read<N extends keyof CallsOf<P, 'reads'> & string>(
    name: N,
    argument: Argument<CallsOf<P, 'reads'>[N]>,
  ): Promise<Result<CallsOf<P, 'reads'>[N]>> {
    return new Promise((resolve, reject) => {
      this.ask('read', name, argument, resolve as (value: unknown) => void, reject);
    });
  }

  write<N extends keyof CallsOf<P, 'writes'> & string>(
    name: N,
    argument: Argument<CallsOf<P, 'writes'>[N]>,
  ): Promise<Result<CallsOf<P, 'writes'>[N]>> {
    return new Promise((resolve, reject) => {
      this.ask('write', name, argument, resolve as (value: unknown) => void, reject);
    });
  }

  /**
   * As `write`, with callbacks in the very order of commits. Answers a function that takes the request back: `true` if it had not left
   * yet, and then nothing happens any more.
   */
  post<N extends keyof CallsOf<P, 'writes'> & string>(
    name: N,
    argument: Argument<CallsOf<P, 'writes'>[N]>,
    done: (value: Result<CallsOf<P, 'writes'>[N]>) => void,
    failed: (error: Error) => void,
  ): () => boolean {
    return this.ask('write', name, argument, done as (value: unknown) => void, failed);
  }

  /** Finishes what was asked, then closes the file. */
  async close(): Promise<void> {
    while (this.gone === null && (this.queue.length > 0 || this.inFlight > 0))
      await new Promise((resolve) => setTimeout(resolve, 1));
    if (this.gone) return;
    this.gone = new LogUnavailable('log_unavailable', 'the store is closed');
    const ended = new Promise((resolve) => this.worker.once('exit', resolve));
    this.worker.postMessage('close');
    await ended;
  }

  private ask(
    kind: 'read' | 'write',
    name: string,
    argument: unknown,
    done: (value: unknown) => void,
    failed: (error: Error) => void,
  ): () => boolean {
    if (this.gone) {
      failed(this.gone);
      return () => false;
    }
    const asked: Waiting = { request: { id: ++this.lastId, kind, name, argument }, done, failed };
    this.queue.push(asked);
    if (!this.scheduled) {
      // What is asked in one turn of the event loop goes together.
      this.scheduled = true;
      setImmediate(() => {
        this.scheduled = false;
        this.flush();
      });
    }
    return () => {
      const place = this.queue.indexOf(asked);
      if (place >= 0) this.queue.splice(place, 1);
      return place >= 0;
    };
  }

  private flush(): void {
    while (this.inFlight < BATCHES_MAX && this.queue.length > 0 && this.gone === null) {
      const batch = this.queue.slice(0, BATCH_MAX);
      this.queue = this.queue.slice(BATCH_MAX);
      for (const asked of batch) this.waiting.set(asked.request.id, asked);
      const writes = batch.filter(({ request }) => request.kind === 'write').length;
      this.counts.writes += writes;
      if (writes > 0) this.counts.commits++;
      this.inFlight++;
      this.worker.postMessage(batch.map(({ request }) => request));
    }
  }

  private settle(reply: ThreadReply): void {
    const asked = this.waiting.get(reply.id);
    if (!asked) return;
    this.waiting.delete(reply.id);
    if (reply.ok) asked.done(reply.value);
    else asked.failed(errorOf(reply));
  }

  private lose(error: unknown): void {
    this.gone ??= new LogUnavailable('log_unavailable', 'the storage thread is gone', { cause: error });
    for (const { failed } of this.queue.splice(0)) failed(this.gone);
    const left = [...this.waiting.values()];
    this.waiting.clear();
    for (const { request, failed } of left)
      failed(request.kind === 'write' ? new WriteOutcomeUnknown('the storage thread is gone') : this.gone);
  }
}

const errorOf = ({ code, reason }: Extract<ThreadReply, { ok: false }>): Error => {
  switch (code) {
    case 'full':
      return new LogUnavailable('store_full', reason);
    case 'unavailable':
      return new LogUnavailable('log_unavailable', reason);
    case 'unknown':
      return new WriteOutcomeUnknown(reason);
    case 'failed':
      return new Error(reason);
  }
};
