import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { ZodError } from 'zod';
import { isOperation, type Operations } from './operations.js';

/** Longest path that a Unix socket may have on every system we know, in bytes. */
const PATH_MAX = 100;
const BODY_MAX = 16 * 1_048_576;

/** Where the server that holds this data folder listens for the command line. */
export const controlPath = (dataDir: string): string => {
  const inside = join(dataDir, 'control.sock');
  if (Buffer.byteLength(inside) <= PATH_MAX) return inside;
  return join(tmpdir(), `parley-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}.sock`);
};

/** Serves the operator on a Unix socket that only the owner of the data folder may open; nothing of it is on any port. */
export const startControlServer = (path: string, operations: Operations): Promise<Server> => {
  rmSync(path, { force: true }); // left by a server that was killed: the data folder's lock says that none runs
  const server = createServer((request, response) => {
    void answer(request, operations).then(({ status, body }) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve(server);
    });
  });
};

const answer = async (request: IncomingMessage, operations: Operations): Promise<{ status: number; body: unknown }> => {
  try {
    const name = (request.url ?? '').slice(1);
    if (request.method !== 'POST' || !isOperation(name)) return { status: 404, body: { problem: 'no such operation' } };
    const parameters = JSON.parse(await readBody(request)) as never;
    return { status: 200, body: await operations(name, parameters) };
  } catch (error) {
    const status = error instanceof ZodError || error instanceof SyntaxError ? 400 : 500;
    return { status, body: { problem: error instanceof Error ? error.message : String(error) } };
  }
};

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_MAX) throw new SyntaxError('the request is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};
