import type { PersonView } from '../../../src/application/protocol/index.js';

/** As many ids as `people.get` takes. */
const BATCH = 100;

export interface PeopleLoaderOptions {
  readonly isLive: () => boolean;
  readonly isKnown: (id: string) => boolean;
  readonly ask: (ids: string[]) => Promise<readonly PersonView[]>;
  readonly loaded: (people: readonly PersonView[]) => void;
}

/** Finds the names of people that views name by id only: a delta brings some of them, not all. */
export class PeopleLoader {
  private readonly wanted = new Set<string>();
  private isAsking = false;

  constructor(private readonly options: PeopleLoaderOptions) {}

  want(ids: Iterable<string>): void {
    for (const id of ids) if (!this.options.isKnown(id)) this.wanted.add(id);
    void this.look();
  }

  /** Asks for what is wanted, one batch after the other. What fails is asked for again with the next wish or connection. */
  async look(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      for (let ids = this.next(); ids.length > 0 && this.options.isLive(); ids = this.next()) {
        this.options.loaded(await this.options.ask(ids));
        // Whom the server does not know is not asked for again.
        for (const id of ids) this.wanted.delete(id);
      }
    } catch {
      // They stay wanted.
    } finally {
      this.isAsking = false;
    }
  }

  private next(): string[] {
    for (const id of this.wanted) if (this.options.isKnown(id)) this.wanted.delete(id);
    return [...this.wanted].slice(0, BATCH);
  }
}
