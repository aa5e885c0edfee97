import { idOf, type ActorSystem } from '../../application/actors/actor-system.js';
import { streamId, type EventLog, type RecordedEvent } from '../../application/ports/event-log.js';
import type { RosterEvent } from '../../domain/roster/index.js';
import { FollowedRoster } from './followed-roster.js';

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Rosters of those whom something is to be told of, bounded in number, and who of the people that are connected here watches whose presence. A
 * change of one presence then costs as much as there are watchers connected.
 */
export class LiveRosters {
  private readonly known = new Map<string, FollowedRoster>();
  /** Rosters that are being read, with what was followed meanwhile. */
  private readonly loading = new Map<
    string,
    { readonly missed: RecordedEvent[]; readonly done: Promise<FollowedRoster> }
  >();
  /** Connections of each person. */
  private readonly here = new Map<string, Set<object>>();
  /** Whose presence each connected person watches, as their own roster says, and the other way round. */
  private readonly watched = new Map<string, Set<string>>();
  private readonly watching = new Map<string, Set<string>>();

  constructor(
    private readonly actors: ActorSystem,
    private readonly log: EventLog,
    private readonly most: number,
  ) {}

  /** To be called before the connection goes live, and waited for; `null`: all is known. */
  enter(userId: string, connection: object): Promise<void> | null {
    const own = this.here.get(userId);
    if (own) own.add(connection);
    else this.here.set(userId, new Set([connection]));
    if (this.watched.has(userId)) return null;
    return this.of(userId, null).then((roster) => {
      if (!this.here.has(userId) || this.watched.has(userId)) return;
      const favorites = new Set(roster.favorites);
      this.watched.set(userId, favorites);
      for (const user of favorites) this.addWatcher(user, userId);
    });
  }

  leave(userId: string, connection: object): void {
    const own = this.here.get(userId);
    own?.delete(connection);
    if (own?.size !== 0) return;
    this.here.delete(userId);
    for (const user of this.watched.get(userId) ?? []) this.removeWatcher(user, userId);
    this.watched.delete(userId);
  }

  /** Takes in an event of a roster. */
  apply(recorded: RecordedEvent): void {
    const owner = idOf(recorded.stream);
    this.loading.get(owner)?.missed.push(recorded);
    this.known.get(owner)?.evolve(recorded);
    const { type, data } = recorded.event as RosterEvent;
    const own = this.watched.get(owner);
    if (!own) return;
    if (type === 'FavoriteAccepted') {
      own.add(data.user);
      this.addWatcher(data.user, owner);
    } else if (type === 'FavoriteRemoved') {
      own.delete(data.user);
      this.removeWatcher(data.user, owner);
    }
  }

  /** Whether somebody who is connected here has that person as an accepted favorite. */
  watches(userId: string, user: string): boolean {
    return this.watched.get(userId)?.has(user) ?? false;
  }

  watchersHere(user: string): ReadonlySet<string> {
    return this.watching.get(user) ?? NOBODY;
  }

  /** That person's roster. Asynchronous only for one that is not known yet. `recorded`: it must hold that event, if it is one of its own. */
  roster(owner: string, recorded: RecordedEvent): FollowedRoster | Promise<FollowedRoster> {
    const roster = this.known.get(owner);
    if (!roster) return this.of(owner, recorded.stream === streamId('roster', owner) ? recorded : null);
    this.known.delete(owner);
    this.known.set(owner, roster);
    return roster;
  }

  private of(owner: string, recorded: RecordedEvent | null): Promise<FollowedRoster> {
    const known = this.known.get(owner);
    if (known) return Promise.resolve(known);
    const under = this.loading.get(owner);
    if (under) return under.done;
    const missed: RecordedEvent[] = recorded ? [recorded] : [];
    const done = this.load(owner, missed).finally(() => this.loading.delete(owner));
    this.loading.set(owner, { missed, done });
    return done;
  }

  /** The cell may be ahead of the follower: who is no longer allowed is then told nothing more, and who is allowed by then agreed to it. */
  private async load(owner: string, missed: readonly RecordedEvent[]): Promise<FollowedRoster> {
    const { state, revision } = await this.actors.state('roster', owner);
    const roster = new FollowedRoster(state, revision);
    // This node's cell can be behind when another node writes: the rest is in the log.
    if (missed.some((one) => one.revision > revision))
      for await (const one of this.log.read(streamId('roster', owner), revision)) roster.evolve(one);
    for (const one of missed) roster.evolve(one);
    this.known.set(owner, roster);
    this.loading.delete(owner);
    if (this.known.size > this.most) this.forgetOldest();
    return roster;
  }

  private addWatcher(user: string, watcher: string): void {
    const watchers = this.watching.get(user);
    if (watchers) watchers.add(watcher);
    else this.watching.set(user, new Set([watcher]));
  }

  private removeWatcher(user: string, watcher: string): void {
    const watchers = this.watching.get(user);
    watchers?.delete(watcher);
    if (watchers?.size === 0) this.watching.delete(user);
  }

  private forgetOldest(): void {
    for (const oldest of this.known.keys()) {
      this.known.delete(oldest);
      return;
    }
  }
}
