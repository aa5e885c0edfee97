import type { CommandFrame, ErrorBody, ErrorCode, OutcomeFrame } from '../../../src/application/protocol/index.js';
import { backoffMs } from './backoff.js';
import type { Clock } from './clock.js';

/** How long a command that the server cannot take at the moment is tried again by itself. */
const PERSISTENCE_MS = 120_000;

export type Outcome =
  | { readonly ok: true; readonly at: number; readonly result: object }
  | { readonly ok: false; readonly error: ErrorBody };

interface Entry {
  readonly frame: CommandFrame;
  readonly done: (outcome: Outcome) => void;
  inFlight: boolean;
  refusals: number;
  firstRefusedAt: number | null;
  cancelRetry: (() => void) | null;
}

/**
 * Commands without an answer yet. Each is sent again under its own id until the server answers, over as many connections as it takes. Commands about one
 * conversation go one after the other, so that a retry never changes their order.
 */
export class Outbox {
  private readonly lanes = new Map<string, Entry[]>();
  private linked = false;

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
    private readonly send: (frame: CommandFrame) => boolean,
    /** Why the server does not take commands at the moment; `null`: it does. */
    private readonly trouble: (code: ErrorCode | null) => void,
  ) {}

  add(frame: CommandFrame): Promise<Outcome> {
    return new Promise((resolve) => {
      const entry: Entry = {
        frame,
        done: resolve,
        inFlight: false,
        refusals: 0,
        firstRefusedAt: null,
        cancelRetry: null,
      };
      const lane = laneOf(frame);
      this.lanes.set(lane, [...(this.lanes.get(lane) ?? []), entry]);
      this.advance(lane);
    });
  }

  /** In the order of their making, lane by lane. */
  get unanswered(): readonly CommandFrame[] {
    return [...this.lanes.values()].flat().map(({ frame }) => frame);
  }

  connected(): void {
    this.linked = true;
    for (const lane of this.lanes.keys()) this.advance(lane);
  }

  disconnected(): void {
    this.linked = false;
    for (const entry of [...this.lanes.values()].flat()) {
      entry.inFlight = false;
      entry.firstRefusedAt = null;
      entry.cancelRetry?.();
      entry.cancelRetry = null;
    }
  }

  answered({ id, ...outcome }: OutcomeFrame): void {
    const entry = this.find(id);
    if (!entry?.inFlight) return;
    entry.inFlight = false;
    if (!outcome.ok && outcome.error.retryable && this.retryLater(entry, outcome.error)) {
      this.trouble(outcome.error.code);
      return;
    }
    this.trouble(null);
    this.remove(entry);
    entry.done(outcome.ok ? { ok: true, at: outcome.at, result: outcome.result } : { ok: false, error: outcome.error });
    this.advance(laneOf(entry.frame));
  }

  private retryLater(entry: Entry, { retryAfterMs = 0 }: ErrorBody): boolean {
    const now = this.clock.now();
    entry.firstRefusedAt ??= now;
    if (now - entry.firstRefusedAt > PERSISTENCE_MS) return false;
    const pauseMs = Math.max(retryAfterMs, backoffMs(entry.refusals++, this.random));
    entry.cancelRetry = this.clock.after(pauseMs, () => {
      entry.cancelRetry = null;
      this.advance(laneOf(entry.frame));
    });
    return true;
  }

  private advance(lane: string): void {
    const [head] = this.lanes.get(lane) ?? [];
    if (!head || !this.linked || head.inFlight || head.cancelRetry) return;
    head.inFlight = this.send(head.frame);
  }

  private find(id: string): Entry | undefined {
    for (const lane of this.lanes.values()) for (const entry of lane) if (entry.frame.id === id) return entry;
    return undefined;
  }

  private remove(entry: Entry): void {
    const lane = laneOf(entry.frame);
    const rest = (this.lanes.get(lane) ?? []).filter((other) => other !== entry);
    if (rest.length > 0) this.lanes.set(lane, rest);
    else this.lanes.delete(lane);
  }
}

const laneOf = ({ id, name, data }: CommandFrame): string => {
  if ('conversationId' in data) return data.conversationId;
  if ('user' in data) return data.user;
  if (name === 'conversation.start') return data.with;
  // A new group follows nothing; all others are about oneself.
  return name === 'conversation.start-group' ? id : name;
};
