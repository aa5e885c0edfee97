import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext, WebSocketAdapter } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { ServerOptions, VerifyClientCallbackAsync, WebSocket } from 'ws';
import type { Limits } from '../../application/protocol/index.js';
import type { Handshake, HandshakeCheck } from './handshake.js';

/** What the check found, for `handleConnection`. */
export const handshakes = new WeakMap<IncomingMessage, Extract<Handshake, { kind: 'welcome' }>>();

/**
 * Nest's adapter with three differences: the handshake is checked before the upgrade, frames are bounded and never compressed, and a frame goes
 * straight to the one handler instead of through an observable per connection.
 */
export class SocketAdapter extends WsAdapter implements WebSocketAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly handshake: HandshakeCheck,
    private readonly limits: Limits,
  ) {
    super(app);
  }

  override create(port: number, options: Record<string, unknown>): unknown {
    const verifyClient: VerifyClientCallbackAsync = ({ req }, done) => {
      void this.handshake.check(req).then((result) => {
        if (result.kind === 'refused') {
          done(false, result.status, result.reason);
          return;
        }
        handshakes.set(req, result);
        done(true);
      });
    };
    const serverOptions: ServerOptions = {
      verifyClient,
      maxPayload: this.limits.frameBytes,
      perMessageDeflate: false,
      clientTracking: true,
    };
    return super.create(port, { ...options, ...serverOptions } as never) as unknown;
  }

  override bindMessageHandlers(client: WebSocket, handlers: { callback: (...args: unknown[]) => unknown }[]): void {
    const [handler] = handlers;
    client.on('message', (data: Buffer, isBinary: boolean) => void handler?.callback({ data, isBinary }));
  }
}
