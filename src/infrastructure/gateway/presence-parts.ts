import type { ActorSystem } from '../../application/actors/actor-system.js';
import {
  categoryOf,
  streamId,
  type EventLog,
  type Position,
  type RecordedEvent,
} from '../../application/ports/event-log.js';
import { offline, ownPresenceView } from '../../application/presence/views.js';
import type { PresenceView, ViewChange } from '../../application/protocol/index.js';
import { presence, type PresenceEvent, type PresenceState } from '../../domain/presence/index.js';
import type { RosterEvent } from '../../domain/roster/index.js';
import { presenceDocument } from '../../projections/presences/presences.model.js';
import type { DeltaPart } from './delta-ring.js';
import type { FollowedRoster } from './followed-roster.js';
import type { LiveRosters } from './live-rosters.js';

type Parts = readonly DeltaPart[];

const NOTHING: Parts = [];
const NOBODY: ReadonlySet<string> = new Set();

/** What events of presences and rosters tell of presences, and whom. What is told to whom no longer may know is what they see when somebody goes. */
export class PresenceParts {
  constructor(
    private readonly actors: ActorSystem,
    private readonly log: EventLog,
    private readonly rosters: LiveRosters,
  ) {}

  /** Asynchronous only where something is to be read first. */
  of(recorded: RecordedEvent): Parts | Promise<Parts> {
    const category = categoryOf(recorded.stream);
    if (category === 'presence') return this.ofPresence(recorded);
    if (category === 'roster') return this.ofRoster(recorded);
    return NOTHING;
  }

  private ofPresence(recorded: RecordedEvent): Parts | Promise<Parts> {
    const { data } = recorded.event as PresenceEvent;
    const own = part(new Set([data.user]), { view: 'ownPresence', op: 'put', key: 'own', doc: ownPresenceView(data) });
    if (!data.changed) return [own];
    const doc = presenceDocument(data.user, data);
    const roster = this.rosters.roster(data.user, recorded);
    return roster instanceof Promise
      ? roster.then((read) => [own, ...this.toWatchers(doc, read)])
      : [own, ...this.toWatchers(doc, roster)];
  }

  private toWatchers(doc: PresenceView, roster: FollowedRoster): Parts {
    const audience = roster.watchers;
    if (audience.size === 0) return NOTHING;
    const reach = (): ReadonlySet<string> => {
      const here = this.rosters.watchersHere(doc.user);
      return here.size === 0 ? NOBODY : new Set([...here].filter((user) => audience.has(user)));
    };
    return [{ ...part(audience, putOf(doc)), reach, about: doc.user }];
  }

  private ofRoster(recorded: RecordedEvent): Parts | Promise<Parts> {
    const { type, data } = recorded.event as RosterEvent;
    switch (type) {
      case 'FavoriteAccepted':
        return this.toAsker(data.user, data.owner, recorded);
      case 'FavoriteRemoved':
        return [part(new Set([data.owner]), { view: 'presence', op: 'remove', key: data.user })];
      case 'RequestAccepted':
        // Who was revoked and is accepted again still has the favorite, and is told nothing by their own roster.
        return data.how === 'standing' ? NOTHING : this.ifThere(data.owner, data.from, recorded, (doc) => doc);
      case 'WatcherRevoked':
        return this.ifThere(data.owner, data.user, recorded, () => offline(data.owner));
      case 'FavoriteRequested':
      case 'RequestReceived':
      case 'RequestDeclined':
      case 'RequestWithdrawn':
      case 'WatcherLeft':
        return NOTHING;
    }
  }

  /** The presence that comes with a favorite: there is one for each that is accepted. */
  private async toAsker(user: string, asker: string, recorded: RecordedEvent): Promise<Parts> {
    const [roster, doc] = await Promise.all([
      this.rosters.roster(user, recorded),
      this.presenceAt(user, recorded.position),
    ]);
    return [{ ...part(new Set([asker]), putOf(roster.isWatcher(asker) ? doc : offline(user))), about: user }];
  }

  /** Nothing if the person is not there: who sees them as offline learns nothing. */
  private async ifThere(
    owner: string,
    watcher: string,
    { position }: RecordedEvent,
    what: (doc: PresenceView) => PresenceView,
  ): Promise<Parts> {
    const doc = await this.presenceAt(owner, position);
    if (doc.state === 'offline') return NOTHING;
    const audience = new Set([watcher]);
    const reach = (): ReadonlySet<string> => (this.rosters.watches(watcher, owner) ? audience : NOBODY);
    return [{ ...part(audience, putOf(what(doc))), reach, about: owner }];
  }

  /** As of that position exactly: who sees what a later event says would be told of it twice, or never. */
  private async presenceAt(user: string, position: Position): Promise<PresenceView> {
    const known = await this.actors.state('presence', user);
    if (known.position <= position) return presenceDocument(user, known.state);
    let state: PresenceState = presence.initialState;
    for await (const recorded of this.log.read(streamId('presence', user))) {
      if (recorded.position > position) break;
      state = presence.evolve(state, recorded.event as PresenceEvent);
    }
    return presenceDocument(user, state);
  }
}

const putOf = (doc: PresenceView): ViewChange => ({ view: 'presence', op: 'put', key: doc.user, doc });

const part = (audience: ReadonlySet<string>, change: ViewChange): DeltaPart => ({
  audience,
  body: JSON.stringify(change),
});
