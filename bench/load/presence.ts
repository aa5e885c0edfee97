import { randomUUID } from 'node:crypto';
import type { DeltaFrame, SnapshotFrame } from '../../src/application/protocol/index.js';
import type { Run } from '../figures.js';
import { together, until } from '../waiting.js';
import { Client, LETTER, OPENING } from './client.js';
import { Window } from './window.js';

export interface PresenceJob {
  readonly url: string;
  readonly tokens: readonly string[];
  /** Favorites of each, all of them among these people. */
  readonly favorites: number;
  readonly serverPid: number;
}

const DRAIN_MS = 120_000;
const MARK = Buffer.from('"view":"presence"');

/** People who are favorites of each other: they connect, and then they all choose a status. */
export class Presence {
  private clients: Client[] = [];
  /** State of each favorite of each client. */
  private seen: Map<string, string>[] = [];
  private notices = 0;
  private refused = 0;
  private broken = 0;

  /** Everybody connects at once; until everybody sees everybody. */
  async connect({ url, tokens, favorites, serverPid }: PresenceJob): Promise<Run> {
    this.seen = tokens.map(() => new Map<string, string>());
    const window = new Window(serverPid);
    const from = performance.now();
    const open = tokens.map((token, index) => async () => {
      this.clients.push(
        await Client.open(
          index,
          url,
          token,
          (client, data) => this.take(client, data),
          () => this.broken++,
          (client, data) => this.begin(client, data),
        ),
      );
    });
    await together(open, OPENING);
    const openedMs = performance.now() - from;
    return { openedMs, ...(await this.all('available', favorites, from, window)) };
  }

  /** Everybody is busy at once; until everybody has seen it. */
  async choose({ favorites, serverPid }: PresenceJob): Promise<Run> {
    this.notices = 0;
    const window = new Window(serverPid);
    const from = performance.now();
    for (const client of this.clients)
      client.send(
        JSON.stringify({
          t: 'command',
          id: randomUUID(),
          name: 'presence.choose',
          data: { availability: 'busy', text: null, until: null },
        }),
      );
    return this.all('busy', favorites, from, window);
  }

  private async all(state: string, favorites: number, from: number, window: Window): Promise<Run> {
    const missing = (): number =>
      this.seen.reduce((sum, seen) => sum + favorites - [...seen.values()].filter((one) => one === state).length, 0);
    await until('everybody sees everybody', () => missing() === 0, { withinMs: DRAIN_MS }).catch(() => undefined);
    const elapsedMs = performance.now() - from;
    const names = { rate: 'noticesPerSecond', cpu: 'cpuMicrosPerNotice' };
    return {
      allSeenMs: elapsedMs,
      ...window.figures(this.notices, elapsedMs, names),
      notices: this.notices,
      lost: missing(),
      errors: this.refused + this.broken,
    };
  }

  private begin({ index }: Client, data: Buffer): void {
    const { presences } = JSON.parse(data.toString('utf8')) as SnapshotFrame;
    for (const { doc } of presences) this.seen[index]?.set(doc.user, doc.state);
  }

  private take({ index }: Client, data: Buffer): void {
    if (data[6] === LETTER.outcome && data.includes('"ok":false')) this.refused++;
    if (data[6] !== LETTER.delta || !data.includes(MARK)) return;
    for (const change of (JSON.parse(data.toString('utf8')) as DeltaFrame).changes)
      if (change.view === 'presence' && change.op === 'put') {
        this.seen[index]?.set(change.key, change.doc.state);
        this.notices++;
      }
  }
}
