import type { Run } from '../figures.js';
import { pause, together, until } from '../waiting.js';
import { Client, LETTER, OPENING } from './client.js';
import { digitsOf, isAccepted, numberInDelta, numberInOutcome, postTemplate } from './frames.js';
import { Latencies } from './latencies.js';
import { openLoop } from './pacer.js';
import { PairCount } from './pair-count.js';
import { Window } from './window.js';

export interface GroupsJob {
  readonly url: string;
  readonly groups: readonly { readonly conversationId: string; readonly tokens: readonly string[] }[];
}
/** `perSecond: null`: a closed loop, one message in flight per group; the next is written when everybody has it. */
export interface GroupsLoad {
  readonly perSecond: number | null;
  readonly seconds: number;
}

interface Sent {
  readonly group: number;
  readonly author: number;
  readonly at: number;
  arrived: number;
}

const DRAIN_MS = 15_000;
const PAUSE_MS = 50;

/** People in groups of equal size, all connected; their members write in turn. */
export class Groups {
  private clients: Client[][] = [];
  /** The group of each client, by its index. */
  private groupOf: number[] = [];
  private templates: ((digits: string) => string)[] = [];
  private turns: number[] = [];
  private readonly flying = new Map<number, Sent>();
  private next = 1;
  private count = new PairCount(1);
  private first = new Latencies();
  private last = new Latencies();
  private closedLoop = false;

  private get recipients(): number {
    return (this.clients[0]?.length ?? 1) - 1;
  }

  async prepare({ url, groups }: GroupsJob): Promise<void> {
    this.templates = groups.map(({ conversationId }) => postTemplate(conversationId));
    this.clients = groups.map(() => []);
    this.turns = groups.map(() => 0);
    const frame = (client: Client, data: Buffer): void => this.take(client, data);
    const broken = (problem: string): void => this.count.fail(problem);
    const open = groups.flatMap(({ tokens }, group) =>
      tokens.map((token) => async () => {
        const index = this.groupOf.push(group) - 1;
        this.clients[group]?.push(await Client.open(index, url, token, frame, broken));
      }),
    );
    await together(open, OPENING);
  }

  async run(serverPid: number, { perSecond, seconds }: GroupsLoad): Promise<Run> {
    this.count = new PairCount(this.next, this.recipients);
    this.first = new Latencies();
    this.last = new Latencies();
    this.flying.clear();
    const window = new Window(serverPid);
    await (perSecond === null ? this.closed(seconds) : this.open(perSecond, seconds));
    await until('the last messages', () => this.count.settled, { withinMs: DRAIN_MS, everyMs: 2 }).catch(
      () => undefined, // what did not come is counted as lost
    );
    const run = this.count.figures(window, perSecond);
    return { ...run, ...this.first.figures('first'), ...this.last.figures('last') };
  }

  private async open(perSecond: number, seconds: number): Promise<void> {
    let turn = 0;
    await openLoop(
      perSecond,
      seconds,
      () => false,
      (scheduled) => {
        this.post(turn++ % this.clients.length, scheduled);
        this.count.late.add(performance.now() - scheduled);
      },
    );
  }

  private async closed(seconds: number): Promise<void> {
    this.closedLoop = true;
    this.clients.forEach((_, group) => this.post(group, performance.now()));
    await pause(seconds * 1_000);
    this.closedLoop = false;
  }

  private post(group: number, at: number): void {
    const members = this.clients[group] ?? [];
    const turn = this.turns[group] ?? 0;
    this.turns[group] = turn + 1;
    const author = members[turn % members.length];
    const number = this.next++;
    this.flying.set(number, { group, author: author?.index ?? -1, at, arrived: 0 });
    this.count.send(at);
    author?.send(this.templates[group]?.(digitsOf(number)) ?? '');
  }

  private take(client: Client, data: Buffer): void {
    if (data[6] === LETTER.delta) this.delta(client, numberInDelta(data));
    else if (data[6] === LETTER.outcome) this.outcome(numberInOutcome(data), data);
    else this.count.fail(data.toString('utf8'));
  }

  private delta(client: Client, number: number): void {
    const sent = this.flying.get(number);
    if (!sent || sent.author === client.index) return;
    if (this.groupOf[client.index] !== sent.group)
      this.count.fail(`a message of another group came to ${client.index}`);
    const now = performance.now();
    this.count.deliver(now, sent.at);
    if (++sent.arrived === 1) this.first.add(now - sent.at);
    if (sent.arrived < this.recipients) return;
    this.last.add(now - sent.at);
    this.flying.delete(number);
    if (this.closedLoop) this.post(sent.group, now);
  }

  private outcome(number: number, data: Buffer): void {
    if (number < this.count.from) return;
    if (isAccepted(data)) {
      this.count.acknowledge(performance.now(), this.flying.get(number)?.at ?? performance.now());
      return;
    }
    this.count.refused++;
    this.count.fail(data.toString('utf8'));
    const group = this.flying.get(number)?.group ?? 0;
    setTimeout(() => {
      if (this.closedLoop) this.post(group, performance.now());
    }, PAUSE_MS);
  }
}
