import type { ActorSystem } from '../../application/actors/actor-system.js';
import type { RecordedEvent } from '../../application/ports/event-log.js';
import type { DeskEvent } from '../../domain/desk/index.js';

/** Who shares how far they have read, of those to whom it would be told. Bounded; the longest known go first. */
export class LiveReading {
  private readonly known = new Map<string, boolean>();

  constructor(
    private readonly actors: ActorSystem,
    private readonly most: number,
  ) {}

  apply({ event }: RecordedEvent): void {
    const { type, data } = event as DeskEvent;
    if (type === 'ReadingHidden') this.known.set(data.owner, false);
    else if (type === 'ReadingShared') this.known.set(data.owner, true);
  }

  /** Learns what is not known of these people; `null`: nothing is missing. */
  learn(users: Iterable<string>): Promise<void> | null {
    const unknown = [...users].filter((user) => !this.known.has(user));
    return unknown.length === 0 ? null : this.load(unknown);
  }

  shares(user: string): boolean {
    return this.known.get(user) ?? false;
  }

  private async load(users: readonly string[]): Promise<void> {
    const desks = await Promise.all(users.map((user) => this.actors.state('desk', user)));
    for (const oldest of this.known.keys()) {
      if (this.known.size + users.length <= this.most) break;
      this.known.delete(oldest);
    }
    users.forEach((user, index) => this.known.set(user, desks[index]?.state.sharesReading ?? false));
  }
}
