import type { Queries } from '../../../src/application/protocol/index.js';
import { neighbourOf, shownTabs, withMarks, type ClientState } from '../model/index.js';
import type { Store } from './store.js';
import type { TranscriptLoader } from './transcript-loader.js';

type Marks = Queries['conversation.read-marks'];

export interface SelectionOptions {
  readonly store: Store;
  readonly loader: Pick<TranscriptLoader, 'want'>;
  readonly askMarks: (data: Marks['data']) => Promise<Marks['result']>;
}

/** Which conversation one looks at, and what has to be asked for because of it. */
export class Selection {
  constructor(private readonly options: SelectionOptions) {}

  select(id: string | null): void {
    this.options.store.set({ selected: id });
    if (id === null) return;
    this.options.loader.want(id);
    void this.askMarks(id);
  }

  /** The conversation goes from the screen: its neighbour takes its place, if it was looked at. `among`: the state in which it is still there. */
  leave(id: string, among: ClientState): void {
    if (this.options.store.state.selected !== id) return;
    const ids = shownTabs(among).map((tab) => tab.id);
    this.select(neighbourOf(ids, id));
  }

  /** Marks that were pushed may have been missed. */
  async renewMarks(): Promise<void> {
    const { selected } = this.options.store.state;
    if (selected !== null) await this.askMarks(selected);
  }

  /** How far the others have read; from then on changes are pushed. */
  private async askMarks(conversationId: string): Promise<void> {
    const { store, askMarks } = this.options;
    try {
      const { marks } = await askMarks({ conversationId });
      store.setData(withMarks(store.data, conversationId, marks));
    } catch {
      // Asked again with the next connection, or when the conversation is opened again.
    }
  }
}
