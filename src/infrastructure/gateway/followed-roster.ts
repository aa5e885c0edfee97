import type { RecordedEvent } from '../../application/ports/event-log.js';
import { acceptedFavorites, isWatcher, roster, type RosterEvent, type RosterState } from '../../domain/roster/index.js';
import type { UserId } from '../../domain/kernel/ids.js';

const NOBODY: ReadonlySet<string> = new Set();

/** A roster as of the followed position, or later. */
export class FollowedRoster {
  private everyone: ReadonlySet<string> | null = null;

  constructor(
    private state: RosterState,
    private revision: number,
  ) {}

  evolve(recorded: RecordedEvent): void {
    if (recorded.revision <= this.revision) return;
    this.state = roster.evolve(this.state, recorded.event as RosterEvent);
    this.revision = recorded.revision;
    this.everyone = null;
  }

  isWatcher(user: string): boolean {
    return isWatcher(this.state, user as UserId);
  }

  /** All of them, connected or not. Never changed: a later set is another one. */
  get watchers(): ReadonlySet<string> {
    this.everyone ??= this.listed();
    return this.everyone;
  }

  /** Whose presence the owner watches, if they are still allowed to. */
  get favorites(): readonly string[] {
    return acceptedFavorites(this.state);
  }

  private listed(): ReadonlySet<string> {
    const users = Object.keys(this.state.received).filter((user) => this.isWatcher(user));
    return users.length === 0 ? NOBODY : new Set(users);
  }
}
