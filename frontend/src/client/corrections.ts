import type { ErrorCode } from '../../../src/application/protocol/index.js';
import type { Store } from './store.js';
import type { UnsavedCorrection } from './view-state.js';

/** Corrections that the server refused: nothing that somebody wrote goes without them saying so. */
export class Corrections {
  constructor(
    private readonly store: Store,
    private readonly send: (correction: UnsavedCorrection) => Promise<ErrorCode | null>,
  ) {}

  keep(correction: UnsavedCorrection): void {
    this.store.set({ unsaved: [...this.without(correction), correction] });
  }

  discard(correction: Pick<UnsavedCorrection, 'conversationId' | 'sequence'>): void {
    this.store.set({ unsaved: this.without(correction) });
  }

  /** It stays until the server has taken it; `null`: it has. */
  async retry(correction: UnsavedCorrection): Promise<ErrorCode | null> {
    const code = await this.send(correction);
    // What was kept meanwhile is newer.
    if (code === null && this.store.state.unsaved.includes(correction)) this.discard(correction);
    return code;
  }

  private without({ conversationId, sequence }: Pick<UnsavedCorrection, 'conversationId' | 'sequence'>) {
    return this.store.state.unsaved.filter((one) => one.conversationId !== conversationId || one.sequence !== sequence);
  }
}
