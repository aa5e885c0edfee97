import type { Run } from '../figures.js';
import { pause, together, until } from '../waiting.js';
import { Client, LETTER, OPENING } from './client.js';
import { digitsOf, isAccepted, lastPageTemplate, searchTemplate } from './frames.js';
import { Latencies } from './latencies.js';
import { Window } from './window.js';

export interface PagesJob {
  readonly url: string;
  readonly conversationId: string;
  readonly tokens: readonly string[];
  /** `null`: the last page; otherwise what is searched for. */
  readonly search: string | null;
}
export interface PagesLoad {
  readonly clients: number;
  readonly seconds: number;
}

const PAGE = 50;
const DRAIN_MS = 15_000;

/** People who ask for the last page of a long conversation, each again as soon as it has come. */
export class Pages {
  private clients: Client[] = [];
  private asked: number[] = [];
  private ask: (digits: string) => string = () => '';
  private now = { pages: 0, errors: 0, open: 0, latency: new Latencies() };
  private going = false;
  private next = 0;

  async prepare({ url, conversationId, tokens, search }: PagesJob): Promise<void> {
    this.ask = search === null ? lastPageTemplate(conversationId, PAGE) : searchTemplate(conversationId, search, PAGE);
    const open = tokens.map((token, index) => async () => {
      this.clients[index] = await Client.open(
        index,
        url,
        token,
        (client, data) => this.take(client, data),
        (problem) => this.fail(problem),
      );
    });
    await together(open, OPENING);
  }

  async run(serverPid: number, { clients, seconds }: PagesLoad): Promise<Run> {
    this.now = { pages: 0, errors: 0, open: 0, latency: new Latencies() };
    const window = new Window(serverPid);
    const from = performance.now();
    this.going = true;
    for (const client of this.clients.slice(0, clients)) this.query(client);
    await pause(seconds * 1_000);
    this.going = false;
    await until('the last pages', () => this.now.open === 0, { withinMs: DRAIN_MS, everyMs: 2 }).catch(() => undefined);
    const { pages, errors, open, latency } = this.now;
    return {
      ...window.figures(pages, performance.now() - from, { rate: 'pagesPerSecond', cpu: 'cpuMicrosPerPage' }),
      ...latency.figures(),
      lost: open,
      errors,
    };
  }

  private query(client: Client): void {
    this.now.open++;
    this.asked[client.index] = performance.now();
    client.send(this.ask(digitsOf(this.next++)));
  }

  private take(client: Client, data: Buffer): void {
    if (data[6] === LETTER.delta) return;
    this.now.open--;
    if (data[6] === LETTER.answer && isAccepted(data)) this.now.pages++;
    else this.fail(data.toString('utf8'));
    this.now.latency.add(performance.now() - (this.asked[client.index] ?? 0));
    if (this.going) this.query(client);
  }

  private fail(problem: string): void {
    if (this.now.errors++ === 0) process.stderr.write(`load generator: ${problem.slice(0, 300)}\n`);
  }
}
