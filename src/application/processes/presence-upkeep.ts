import { randomUUID } from 'node:crypto';
import { asId, type CommandId, type UserId } from '../../domain/kernel/ids.js';
import type { PresenceCommand, PresenceEvent, PresenceResult } from '../../domain/presence/index.js';
import type { DeskEvent } from '../../domain/desk/index.js';
import type { OwnPresenceDocument } from '../../projections/own-presence/own-presence.model.js';
import type { PreferencesDocument } from '../../projections/preferences/preferences.model.js';
import type { ActorSystem } from '../actors/actor-system.js';
import type { Clock } from '../ports/clock.js';
import { LogUnavailable, type EventLog, type Position, type RecordedEvent } from '../ports/event-log.js';
import type { LeaseStore } from '../ports/lease-store.js';
import type { StoredDocument } from '../ports/read-model-store.js';
import { LeaseHeld, withLease } from '../read-models/held-lease.js';
import type { ReadModels } from '../read-models/read-models.js';
import { dueCommand, dueIn, nodesOf, type Upkept } from './presence-due.js';
import { NodeLease } from './node-lease.js';
import { processLease } from './process-runner.js';

export interface UpkeepParts {
  readonly log: EventLog;
  readonly actors: Pick<ActorSystem, 'ask'>;
  readonly readModels: Pick<ReadModels, 'page' | 'checkpoint'>;
  readonly leases: LeaseStore;
  readonly clock: Clock;
  /** Name of this node, different from every other's. */
  readonly node: string;
  /** How long after its node's end a session is still taken for there. */
  readonly graceMs: number;
  /** Told of what an operator should know; never of contents. */
  readonly warn: (message: string, error: unknown) => void;
}

/** Documents that are read at once. */
const PAGE = 500;
/** Pause before anything is tried again: a lease that another node holds, a log that does not answer, a command that was refused. */
const RETRY_MS = 1_000;
/** How often it is looked whether other nodes live, while there are sessions of theirs. */
const NODES_EVERY_MS = 1_000;

/**
 * Does to presences what time does: choices end, schedules begin and end, nodes die. One node at a time works, and knows from the read models and
 * the log when the next thing is due; until then it does nothing. Two that work at once are harmless: what is done already changes nothing.
 */
export class PresenceUpkeep {
  private readonly stopping = new AbortController();
  private readonly own: NodeLease;
  private running: Promise<void> = Promise.resolve();
  private readonly people = new Map<string, Upkept>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** People of whom a command is under way. */
  private readonly busy = new Set<string>();
  /** Who has sessions at other nodes. */
  private readonly elsewhere = new Map<string, Set<string>>();
  /** Since when a node that has no lease at all was seen. */
  private readonly unleased = new Map<string, number>();

  constructor(private readonly parts: UpkeepParts) {
    this.own = new NodeLease(parts);
  }

  /** Resolves when this node is known to live: before the first session is opened. */
  async start(): Promise<void> {
    await this.own.start();
    this.running = this.run();
  }

  /** Resolves when nothing is under way any more. Call it after the sessions of this node were closed. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.own.stop();
  }

  private async run(): Promise<void> {
    const { leases, clock, node: holder } = this.parts;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const note = (): string => JSON.stringify({ people: this.people.size });
        await withLease({ leases, clock, holder }, processLease('presence-upkeep'), note, (lost) =>
          this.work(AbortSignal.any([signal, lost])),
        );
      } catch (error) {
        if (!(error instanceof LeaseHeld || error instanceof LogUnavailable || signal.aborted))
          this.parts.warn('the upkeep of presences waits', error);
      }
      if (!signal.aborted) await pause(RETRY_MS, signal);
    }
  }

  private async work(signal: AbortSignal): Promise<void> {
    const looking = setInterval(() => void this.lookForNodes(signal), NODES_EVERY_MS);
    try {
      const from = await this.load();
      for (const user of this.people.keys()) this.arm(user);
      const categories = ['presence', 'desk'] as const;
      for await (const seen of this.parts.log.follow({ after: from === 0 ? 'start' : from, categories, signal }))
        if (seen.kind === 'event') this.take(seen.event);
    } finally {
      clearInterval(looking);
      for (const timer of this.timers.values()) clearTimeout(timer);
      this.timers.clear();
      this.people.clear();
      this.elsewhere.clear();
    }
  }

  /** What the read models hold, and the position from which the log is to be followed. */
  private async load(): Promise<Position> {
    const from = await this.parts.readModels.checkpoint(['own-presence', 'preferences']);
    for await (const { key, at, doc } of this.all<OwnPresenceDocument>('own-presence'))
      this.change(key, { at, result: doc });
    for await (const { key, doc } of this.all<PreferencesDocument>('preferences'))
      if (doc.schedule) this.change(key, { schedule: doc.schedule });
    return from;
  }

  private async *all<Doc extends object>(projection: string): AsyncIterable<StoredDocument<Doc>> {
    for (let after: string | undefined; ;) {
      const page = await this.parts.readModels.page<Doc>(projection, {
        ...(after === undefined ? {} : { after }),
        limit: PAGE,
        order: 'ascending',
      });
      yield* page;
      after = page.at(-1)?.key;
      if (page.length < PAGE) return;
    }
  }

  private take({ event, position }: RecordedEvent): void {
    const { type, data } = event as DeskEvent | PresenceEvent;
    if (type === 'ScheduleSet') this.change(data.owner, { schedule: data.schedule });
    else if ('sessions' in data) this.change(data.user, { at: position, result: data });
    else return;
    this.arm('user' in data ? data.user : data.owner);
  }

  /** What is older than what is known is passed over: the read models may be ahead of the place where following began. */
  private change(user: string, { at, result, schedule }: Partial<Upkept>): void {
    const before = this.people.get(user) ?? { at: 0, result: null, schedule: null };
    const next = {
      ...(result && at !== undefined && at > before.at ? { at, result } : { at: before.at, result: before.result }),
      schedule: schedule === undefined ? before.schedule : schedule,
    };
    const matters =
      next.schedule !== null ||
      (next.result !== null &&
        (next.result.until !== null || next.result.imposed !== null || next.result.sessions.length > 0));
    this.locate(user, before.result, next.result);
    if (matters) this.people.set(user, next);
    else this.people.delete(user);
  }

  private locate(user: string, before: PresenceResult | null, after: PresenceResult | null): void {
    if (before === after) return;
    for (const node of nodesOf(before)) {
      const there = this.elsewhere.get(node);
      there?.delete(user);
      if (there?.size === 0) this.elsewhere.delete(node);
    }
    for (const node of nodesOf(after)) {
      if (node === this.parts.node) continue;
      const there = this.elsewhere.get(node);
      if (there) there.add(user);
      else this.elsewhere.set(node, new Set([user]));
    }
  }

  /** Has the person looked at when the next thing is due. */
  private arm(user: string): void {
    clearTimeout(this.timers.get(user));
    this.timers.delete(user);
    const person = this.people.get(user);
    if (!person || this.busy.has(user)) return;
    const waitMs = dueIn(person, this.parts.clock.now());
    if (waitMs === null) return;
    this.timers.set(
      user,
      setTimeout(() => {
        this.timers.delete(user);
        void this.act(user);
      }, waitMs),
    );
  }

  private async act(user: string): Promise<void> {
    const person = this.people.get(user);
    const command = person && dueCommand(asId<UserId>(user), person, this.parts.clock.now());
    if (!command) {
      this.arm(user);
      return;
    }
    await this.ask(user, command);
    this.arm(user);
  }

  private async ask(user: string, command: PresenceCommand): Promise<void> {
    this.busy.add(user);
    const id = randomUUID();
    const envelope = { command, commandId: asId<CommandId>(id), principal: 'system', correlationId: id } as const;
    const answer = await this.parts.actors.ask('presence', user, envelope);
    if (answer.kind === 'accepted')
      for (const { event, position } of answer.events) this.change(user, { at: position, result: event.data });
    // Refused, or done by somebody else already: the log will say so.
    if (answer.kind !== 'accepted' || answer.events.length === 0) await pause(RETRY_MS, this.stopping.signal);
    this.busy.delete(user);
  }

  /** Ends the sessions of nodes that are gone. Asks the store only while there are sessions of other nodes. */
  private async lookForNodes(signal: AbortSignal): Promise<void> {
    if (this.elsewhere.size === 0 || signal.aborted) return;
    try {
      const ended = await this.own.endsOf(this.elsewhere.keys());
      const now = this.parts.clock.now();
      for (const [node, until] of ended) {
        if (until === null) this.unleased.set(node, this.unleased.get(node) ?? now);
        const since = until ?? this.unleased.get(node) ?? now;
        if (since + this.parts.graceMs > now) continue;
        for (const user of [...(this.elsewhere.get(node) ?? [])])
          if (!this.busy.has(user))
            void this.ask(user, { type: 'ExpireSessions', data: { user: asId<UserId>(user), node } }).then(() => {
              this.arm(user);
            });
      }
    } catch (error) {
      this.parts.warn('whether other nodes live is not known now', error);
    }
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, signal.aborted ? 0 : ms);
    signal.addEventListener('abort', done);
  });
