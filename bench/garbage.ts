import { WebSocket } from 'ws';
import type { Server } from './server.js';
import { until } from './waiting.js';

/** Makes a server listen for `collectGarbage`. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' } as const;

/**
 * Collects the garbage of the server's main thread, and answers the bytes of its heap that are in use then. Without that, resident memory tells less
 * of connections than of when garbage was collected last.
 */
export const collectGarbage = async (server: Server): Promise<number> => {
  let address: string | undefined;
  const isThere = (): boolean => (address = /Debugger listening on (ws:\S+)/.exec(server.words)?.[1]) !== undefined;
  await until('the address of the inspector', isThere, { withinMs: 5_000 });
  const socket = new WebSocket(address ?? '', { perMessageDeflate: false });
  const ask = (id: number, method: string): Promise<{ result: { usedSize?: number } }> =>
    new Promise((resolve, reject) => {
      socket.once('error', reject).once('close', () => reject(new Error('the inspector went away')));
      socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString('utf8')) as never));
      socket.send(JSON.stringify({ id, method }));
    });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  await ask(1, 'HeapProfiler.collectGarbage');
  const { usedSize = 0 } = (await ask(2, 'Runtime.getHeapUsage')).result;
  socket.terminate();
  return usedSize;
};
