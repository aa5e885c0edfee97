import { asId, type SessionId, type UserId } from '../../domain/kernel/ids.js';
import type { Device, PresenceCommand } from '../../domain/presence/index.js';

export interface KeptOptions {
  readonly node: string;
  /** Milliseconds that a session outlives its last connection. */
  readonly graceMs: number;
}

interface Doors {
  /** Whether it was accepted. Never rejects. */
  readonly ask: (command: PresenceCommand) => Promise<boolean>;
  /** Everything was said: the session can be forgotten. */
  readonly over: () => void;
}

/** Connections are looked at for whether somebody is there. */
interface Seen {
  readonly active: boolean;
}

type Wanted = 'absent' | 'active' | 'idle';
/** `unknown`: what was refused may have been written all the same. `open`: it is there, idle or not. */
type Told = Wanted | 'unknown' | 'open';

/** Before what was refused is tried again: at first, and at most. */
const RETRY_MS = { first: 250, most: 5_000 };
/** Before somebody is taken for gone again: oftener is nobody's doing, and each time is kept for a month. Who comes back is there at once. */
const IDLE_EVERY_MS = 1_000;

/**
 * One sign-in as long as it has connections at this node. What should be known of it and what was acknowledged are compared until they are the
 * same, so that nothing is lost while the log is away; several changes meanwhile become one.
 */
export class KeptSession {
  private readonly connections = new Set<Seen>();
  private readonly about: { readonly user: UserId; readonly session: SessionId; readonly node: string };
  private readonly device: Device;
  private told: Told = 'absent';
  private wanted: Wanted = 'absent';
  /** Counts how often others closed it. */
  private expiries = 0;
  private ended = false;
  private abandoned = false;
  private grace: NodeJS.Timeout | null = null;
  private settling: Promise<void> | null = null;
  private idleToldAt = -IDLE_EVERY_MS;

  constructor(
    { id, userId, device }: { readonly id: string; readonly userId: string; readonly device: Device },
    private readonly options: KeptOptions,
    private readonly doors: Doors,
  ) {
    this.about = { user: asId<UserId>(userId), session: asId<SessionId>(id), node: options.node };
    this.device = device;
  }

  get id(): string {
    return this.about.session;
  }

  get userId(): string {
    return this.about.user;
  }

  connected(connection: Seen): void {
    if (this.ended) return;
    this.connections.add(connection);
    if (this.grace) clearTimeout(this.grace);
    this.grace = null;
    void this.settle();
  }

  /** A reload comes back within the grace, and nobody learns of it. */
  disconnected(connection: Seen): void {
    if (!this.connections.delete(connection) || this.ended) return;
    if (this.connections.size > 0) void this.settle();
    else
      this.grace = setTimeout(() => {
        this.grace = null;
        void this.settle();
      }, this.options.graceMs).unref();
  }

  /** For good, without any grace. Resolves when it is known, or given up. */
  end(): Promise<void> {
    this.ended = true;
    this.connections.clear();
    if (this.grace) clearTimeout(this.grace);
    this.grace = null;
    return this.settle();
  }

  /** It was closed by others. */
  expired(): void {
    this.expiries++;
    this.told = 'absent';
    void this.settle();
  }

  /** Tries no more. */
  abandon(): void {
    this.abandoned = true;
    if (this.grace) clearTimeout(this.grace);
  }

  /** Makes known what is not known yet. */
  settle(): Promise<void> {
    this.wanted = this.now();
    this.settling ??= this.run().finally(() => {
      this.settling = null;
      if (this.wanted !== this.told && !this.abandoned) void this.settle();
      else if (this.wanted === 'absent') this.doors.over();
    });
    return this.settling;
  }

  private now(): Wanted {
    if (this.connections.size === 0) return this.grace === null ? 'absent' : this.wanted;
    return [...this.connections].some(({ active }) => active) ? 'active' : 'idle';
  }

  private async run(): Promise<void> {
    let waitMs = RETRY_MS.first;
    while (this.wanted !== this.told && !this.abandoned) {
      const next = await this.next();
      if (next === null) continue;
      const { command, told } = next;
      const { expiries } = this;
      const accepted = await this.doors.ask(command);
      this.told = accepted && expiries === this.expiries ? told : 'unknown';
      if (accepted) waitMs = RETRY_MS.first;
      else {
        await pause(waitMs);
        waitMs = Math.min(2 * waitMs, RETRY_MS.most);
      }
    }
  }

  /** The next step from what is known to what should be; `null` after a wait in which that may have changed. */
  private async next(): Promise<{ readonly command: PresenceCommand; readonly told: Told } | null> {
    const { about, wanted } = this;
    if (wanted === 'absent') return { command: { type: 'CloseSession', data: about }, told: 'absent' };
    if (this.told === 'absent' || this.told === 'unknown')
      return {
        command: { type: 'OpenSession', data: { ...about, device: this.device } },
        told: this.told === 'absent' ? 'active' : 'open',
      };
    if (wanted === 'idle') {
      const early = this.idleToldAt + IDLE_EVERY_MS - performance.now();
      if (early > 0) {
        await pause(early);
        return null;
      }
      this.idleToldAt = performance.now();
    }
    return { command: { type: 'MarkIdle', data: { ...about, idle: wanted === 'idle' } }, told: wanted };
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
