import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { serveCalls } from './calls.js';

/** The least that a server of sockets can do. */
const listen = (): Promise<string> =>
  new Promise((resolve) => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    server.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => socket.send(data, { binary: false }));
    });
    server.on('listening', () => resolve(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });

serveCalls({ listen });
