import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../tokens.js';

/** What the head of a request says about where it comes from; the same answers for HTTP and for the socket. */
@Injectable()
export class WebOrigin {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl' | 'trustProxy'>) {}

  /** Behind TLS, as browsers see it. */
  get secure(): boolean {
    return this.config.publicUrl?.startsWith('https:') ?? false;
  }

  /** With TLS the name's prefix makes browsers refuse a cookie that another host or path has set (RFC 6265bis). */
  get cookieName(): string {
    return this.secure ? '__Host-parley' : 'parley';
  }

  /** The page that sent this is our own. Without a configured URL: the page's host is the host that the request went to. */
  isAllowed({ headers }: IncomingMessage): boolean {
    const { origin, host } = headers;
    if (!origin) return false;
    if (this.config.publicUrl) return origin === new URL(this.config.publicUrl).origin;
    return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
  }

  bearerOf({ headers }: IncomingMessage): string | null {
    return /^Bearer ([\w-]{20,100})$/.exec(headers.authorization ?? '')?.[1] ?? null;
  }

  sessionTokenOf({ headers }: IncomingMessage): string | null {
    for (const pair of (headers.cookie ?? '').split(';')) {
      const [name, value] = pair.trim().split('=', 2);
      if (name === this.cookieName && value && /^[\w-]{20,100}$/.test(value)) return value;
    }
    return null;
  }

  /** The last address that a trusted proxy names, else the peer's. */
  addressOf({ headers, socket }: IncomingMessage): string {
    const forwarded = this.config.trustProxy ? headers['x-forwarded-for'] : undefined;
    const last = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded)?.split(',').at(-1)?.trim();
    return last === undefined || last === '' ? (socket.remoteAddress ?? 'unknown') : last;
  }
}
