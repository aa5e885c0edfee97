import { readdirSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { BuiltProgram } from '../support/server-process.js';
import { tempFolder, type TempFolder } from '../support/temp-folder.js';

interface Got {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** As it comes over the wire. */
const get = (url: string, headers: Record<string, string> = {}): Promise<Got> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) });
      });
    });
    asked.on('error', reject);
    asked.end();
  });

describe('the built client over HTTP', () => {
  let folder: TempFolder;
  let server: BuiltProgram;
  beforeAll(async () => {
    folder = tempFolder();
    server = await BuiltProgram.server({ PARLEY_PORT: '0', PARLEY_DATA_DIR: folder.file('data') });
  });
  afterAll(async () => {
    await server.end('SIGTERM');
    folder.remove();
  });
  const asset = (ending: string): string => {
    const name = readdirSync('dist/web/assets').find((one) => one.endsWith(ending));
    return `${server.address}/assets/${name}`;
  };

  it.each([
    ['.js', /javascript/],
    ['.css', /css/],
  ])('%s comes compressed to whoever takes it so, and is the same to everybody', async (ending, type) => {
    const plain = await get(asset(ending));
    expect(plain.headers['content-encoding']).toBeUndefined();
    const unpack = { gzip: gunzipSync, br: brotliDecompressSync };
    for (const [encoding, decode] of Object.entries(unpack)) {
      const packed = await get(asset(ending), { 'accept-encoding': encoding });
      expect(packed.headers['content-encoding']).toBe(encoding);
      expect(packed.headers['content-type']).toMatch(type);
      expect(packed.headers.vary).toMatch(/accept-encoding/i);
      expect(packed.headers['cache-control']).toContain('immutable');
      expect(packed.body.length).toBeLessThan(plain.body.length / 2);
      expect(decode(packed.body).equals(plain.body)).toBe(true);
      // A weak tag: the same content, not the same bytes.
      expect(packed.headers.etag).toMatch(/^W\//);
      const again = await get(asset(ending), { 'accept-encoding': encoding, 'if-none-match': packed.headers.etag! });
      expect([again.status, again.body.length]).toEqual([304, 0]);
    }
    expect(plain.headers.vary).toMatch(/accept-encoding/i);
  });

  it('a range is one of the file as it is', async () => {
    const plain = await get(asset('.js'));
    const part = await get(asset('.js'), { 'accept-encoding': 'gzip', range: 'bytes=10-19' });
    expect([part.status, part.headers['content-encoding']]).toEqual([206, undefined]);
    expect(part.body.equals(plain.body.subarray(10, 20))).toBe(true);
  });

  it('answers of the API are never compressed', async () => {
    const answer = await get(`${server.address}/api/session`, { 'accept-encoding': 'gzip, br' });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });
});
