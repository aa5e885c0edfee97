import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Session } from '../../application/ports/session-store.js';
import type { Limits } from '../../application/protocol/index.js';
import { FindSession } from '../../application/queries/find-session/find-session.query.js';
import { LIMITS_TOKEN } from '../tokens.js';
import { WebOrigin } from '../web-origin/web-origin.js';
import { Connections } from './connections.js';

export type Handshake =
  | { readonly kind: 'welcome'; readonly session: Session; readonly address: string }
  | { readonly kind: 'refused'; readonly status: 401 | 403 | 429 | 503; readonly reason: string };

/** Decides before the upgrade whether a socket may open at all: `ws` itself lets every origin in. */
@Injectable()
export class HandshakeCheck {
  constructor(
    private readonly queryBus: QueryBus,
    private readonly origin: WebOrigin,
    private readonly connections: Connections,
    @Inject(LIMITS_TOKEN) private readonly limits: Limits,
  ) {}

  /** A browser needs its cookie and the right origin; a program needs its token, and has no origin to forge a request from. */
  async check(request: IncomingMessage): Promise<Handshake> {
    const bearer = this.origin.bearerOf(request);
    if (bearer === null && !this.origin.isAllowed(request)) return refused(403, 'origin-refused');
    const address = this.origin.addressOf(request);
    if (this.connections.fromAddress(address) >= this.limits.connectionsPerAddress)
      return refused(429, 'too-many-connections');
    const token = bearer ?? this.origin.sessionTokenOf(request);
    if (token === null) return refused(401, 'signed-out');
    let session: Session | null;
    try {
      session = await this.queryBus.execute(new FindSession({ kind: 'anonymous' }, token));
    } catch {
      return refused(503, 'log-unavailable');
    }
    return session ? { kind: 'welcome', session, address } : refused(401, 'signed-out');
  }
}

const refused = (status: 401 | 403 | 429 | 503, reason: string): Handshake => ({ kind: 'refused', status, reason });
