import type {
  AnswerFrame,
  ErrorBody,
  Queries,
  QueryFrame,
  QueryName,
} from '../../../src/application/protocol/index.js';
import type { Clock } from './clock.js';

const PATIENCE_MS = 15_000;

/** A query that got no result. `no-link`: there is no connection, or it broke meanwhile. */
export class QueryFailed extends Error {
  constructor(readonly reason: 'no-link' | 'timeout' | ErrorBody) {
    super(typeof reason === 'string' ? reason : reason.code);
    this.name = 'QueryFailed';
  }
}

interface Open {
  readonly resolve: (result: object) => void;
  readonly reject: (error: QueryFailed) => void;
  readonly cancel: () => void;
}

/** Questions without an answer yet. They do not outlive their connection: who asks decides whether to ask again. */
export class OpenQueries {
  private readonly open = new Map<string, Open>();
  private count = 0;

  constructor(
    private readonly clock: Clock,
    private readonly send: (frame: QueryFrame) => boolean,
  ) {}

  ask<N extends QueryName>(name: N, data: Queries[N]['data']): Promise<Queries[N]['result']> {
    const id = String(++this.count);
    return new Promise((resolve, reject) => {
      const cancel = this.clock.after(PATIENCE_MS, () => {
        this.open.delete(id);
        reject(new QueryFailed('timeout'));
      });
      this.open.set(id, { resolve: resolve as Open['resolve'], reject, cancel });
      if (!this.send({ t: 'query', id, name, data } as QueryFrame)) this.settle(id)?.reject(new QueryFailed('no-link'));
    });
  }

  answered(frame: AnswerFrame): void {
    const query = this.settle(frame.id);
    if (frame.ok) query?.resolve(frame.result);
    else query?.reject(new QueryFailed(frame.error));
  }

  refused(id: string, error: ErrorBody): void {
    this.settle(id)?.reject(new QueryFailed(error));
  }

  disconnected(): void {
    for (const id of [...this.open.keys()]) this.settle(id)?.reject(new QueryFailed('no-link'));
  }

  private settle(id: string): Open | undefined {
    const query = this.open.get(id);
    this.open.delete(id);
    query?.cancel();
    return query;
  }
}
