import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Where Chromium is installed; `null`: nowhere in PATH. */
export const chromiumPath = (): string | null => {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return places.find((place) => existsSync(place)) ?? null;
};

export interface Opened {
  readonly page: Page;
  readonly cdp: CDPSession;
  /** Bytes over the wire so far, by what they are for. */
  readonly bytes: ReadonlyMap<string, number>;
}

/** An empty page of somebody who is signed in. */
export const openPage = async (browser: Browser, url: string, token: string): Promise<Opened> => {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1_280, height: 800 } });
  await context.addCookies([{ name: 'parley', value: token, url }]);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  const bytes = new Map<string, number>();
  const kinds = new Map<string, string>();
  cdp.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? '';
    bytes.set(kind, (bytes.get(kind) ?? 0) + encodedDataLength);
  });
  return { page, cdp, bytes };
};

/** MiB of objects that are still in use. */
export const heapMiB = async (cdp: CDPSession): Promise<number> => {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize / 2 ** 20;
};
