import { chromium } from 'playwright-core';
import { withServer, type Running, type Scenario } from '../bench.js';
import { chromiumPath, heapMiB, openPage } from '../browser/page.js';
import { scrolled, shownMs, switched, typed } from '../browser/measures.js';
import { Runs, type Run } from '../figures.js';
import { Client } from '../load/client.js';
import { DIGITS, postTemplate } from '../load/frames.js';
import { clientPlan } from '../seed/plan.js';
import type { Sizes } from '../sizes.js';
import { pause, until } from '../waiting.js';

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
const IN_FLIGHT = 20;
/** What the page does with the last of it. */
const SETTLE_MS = 1_000;

/** Says so many things in the long conversation, as fast as they are taken; how many were not. */
const push = async ({ folder, server }: Running, count: number): Promise<number> => {
  const post = postTemplate(folder.conversations[0]?.id ?? '');
  let [answered, broken] = [0, 0];
  const author = await Client.open(
    1,
    server.url,
    folder.people[1]?.token ?? '',
    (_, data) => {
      if (data.includes('"t":"outcome"')) answered++;
      if (data.includes('"ok":false')) broken++;
    },
    () => broken++,
  );
  for (let n = 0; n < count; n++) {
    await until('an answer', () => answered + IN_FLIGHT > n || broken > 0, { withinMs: 30_000, everyMs: 1 });
    author.send(post(String(n).padStart(DIGITS, '0')));
  }
  await until('all answers', () => answered >= count || broken > 0, { withinMs: 30_000 });
  return broken;
};

const measure = async (
  running: Running,
  path: string,
  { messages, pushed, keys, switches }: Sizes['client'],
): Promise<Run> => {
  const { folder, server } = running;
  const browser = await chromium.launch({ executablePath: path, args: ARGS });
  try {
    const { page, cdp, bytes } = await openPage(browser, server.url, folder.people[0]?.token ?? '');
    await page.goto(server.url, { waitUntil: 'commit' });
    const shown = await shownMs(page);
    const kib = (kind: string): number => (bytes.get(kind) ?? 0) / 1_024;
    const load = { shownMs: shown, jsKiB: kib('Script'), cssKiB: kib('Stylesheet') };
    await page.getByRole('tab', { name: 'Person 1' }).click();
    await page.getByRole('log').getByRole('article').first().waitFor();
    const heapLoadedMiB = await heapMiB(cdp);
    const typing = await typed(page, keys);
    const changing = await switched(page, switches);
    await page.getByRole('tab', { name: 'Person 1' }).click();
    const heapBeforeMiB = await heapMiB(cdp);
    const errors = await push(running, pushed);
    await page
      .getByText(String(pushed - 1).padStart(DIGITS, '0'))
      .last()
      .waitFor();
    await pause(SETTLE_MS);
    const heapAfterMiB = await heapMiB(cdp);
    const scrolling = await scrolled(page);
    const heapScrolledMiB = await heapMiB(cdp);
    return {
      messages,
      ...load,
      ...typing,
      ...changing,
      ...scrolling,
      heapLoadedMiB,
      heapBeforeMiB,
      heapAfterMiB,
      heapScrolledMiB,
      errors,
    };
  } finally {
    await browser.close();
  }
};

/** What a person sees of a long conversation, in a real browser. */
export const client: Scenario = async (bench) => {
  const runs = new Runs();
  const sizes = bench.sizes.client;
  const load = `${sizes.messages} messages`;
  const path = chromiumPath();
  if (path === null) {
    runs.note(load, 'no Chromium is installed');
    return runs.of('client');
  }
  for (let round = 0; round < bench.sizes.runs; round++)
    await withServer(bench, clientPlan(sizes.messages), async (running) => {
      runs.add(load, await measure(running, path, sizes));
      bench.say(`client, ${load}`);
    });
  return runs.of('client');
};
