import type { UserId } from '../../domain/kernel/ids.js';
import type { Aggregates, CommandOf, EventOf } from '../actors/aggregate.js';

/** What an event of one aggregate instance has another one of its category do. */
export interface Intent<K extends keyof Aggregates> {
  readonly of: UserId;
  readonly command: CommandOf<K>;
}

/**
 * Carries facts from one person's aggregate to another's: a table, event to intent. It knows nothing but the event, and what it asks may come
 * late or more than once: the decider that is asked must take that for nothing new.
 */
export interface Process<K extends keyof Aggregates> {
  /** Frozen name: checkpoint, lease and the ids of commands are made from it. */
  readonly name: string;
  readonly category: K;
  /** Every event type is named or ignored: a new event does not compile until the process has thought about it. */
  readonly reactions: {
    readonly [T in EventOf<K>['type']]: 'ignore' | ((event: Extract<EventOf<K>, { readonly type: T }>) => Intent<K>);
  };
}

export const intentOf = <K extends keyof Aggregates>(process: Process<K>, event: EventOf<K>): Intent<K> | null => {
  const reaction = process.reactions[event.type as EventOf<K>['type']];
  return reaction === 'ignore' ? null : reaction(event);
};
