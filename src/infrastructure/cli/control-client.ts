import { request } from 'node:http';
import type { Operations } from './operations.js';

/** The operations of the server that listens there. Fails when none does. */
export const controlClient =
  (socketPath: string): Operations =>
  (name, parameters) =>
    new Promise((resolve, reject) => {
      const outgoing = request({ socketPath, path: `/${name}`, method: 'POST' }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
          if (response.statusCode === 200) resolve(body as never);
          else reject(new Error((body as { problem: string }).problem));
        });
      });
      outgoing.on('error', reject);
      outgoing.end(JSON.stringify(parameters));
    });
