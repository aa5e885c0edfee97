import { together } from '../waiting.js';
import { Client, OPENING } from './client.js';

export interface IdleJob {
  readonly url: string;
  readonly tokens: readonly string[];
}

/** People who are connected and say nothing. */
export class Idle {
  private opened = 0;
  private broken = 0;

  /** Opens those who are not connected yet, up to so many. */
  async open({ url, tokens }: IdleJob): Promise<void> {
    const open = tokens.slice(this.opened).map((token, index) => async () => {
      await Client.open(
        index,
        url,
        token,
        () => undefined,
        () => this.broken++,
      );
    });
    await together(open, OPENING);
    this.opened = tokens.length;
  }

  /** Connections that did not stay. */
  lost(): number {
    return this.broken;
  }
}
