import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../src/demo.js';
import { describeWith, findProgram } from './needed-program.js';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const chromiumPath = (): string | null => {
  const given = process.env['PARLEY_TEST_CHROMIUM'];
  if (given !== undefined) return existsSync(given) ? given : null;
  return findProgram('chromium', 'chromium-browser', 'google-chrome');
};

/** Tests in a real Chromium. */
export const describeInChromium = (title: string, tests: (launch: () => Promise<Browser>) => void): void => {
  describeWith('Chromium', chromiumPath(), title, (executablePath) => {
    tests(() => chromium.launch({ executablePath, args: ARGS }));
  });
};

/** One person at one browser of their own, and what went wrong in it. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Exceptions, errors of the console and violations of the content security policy. */
  readonly problems: string[];
}

/** One more page of this browser; whatever goes wrong in it is kept. */
export const openPage = async (context: BrowserContext, url: string): Promise<Person> => {
  const page = await context.newPage();
  // Sooner than the test's own limit: the failure then names the step that waited.
  page.setDefaultTimeout(20_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    // Asking whether somebody is signed in is answered with 401 when nobody is, and Chromium says so.
    if (message.type() === 'error' && !message.text().includes('401')) problems.push(message.text());
  });
  await page.goto(url);
  return { context, page, problems };
};

export const openBrowser = async (
  browser: Browser,
  url: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Person> => {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1_000, height: 700 }, ...options });
  return openPage(context, url);
};

const signedIn = async (person: Person): Promise<Person> => {
  await person.page.getByRole('button', { name: 'New conversation' }).waitFor();
  return person;
};

export const signInAs = async (browser: Browser, url: string, login: string): Promise<Person> => {
  const person = await openBrowser(browser, url);
  const { page } = person;
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  return signedIn(person);
};

/** A browser at which somebody has signed in, to come back to. */
export interface Seat {
  readonly context: BrowserContext;
  readonly cookies: Awaited<ReturnType<BrowserContext['cookies']>>;
}

export const seatOf = async ({ context }: Person): Promise<Seat> => ({ context, cookies: await context.cookies() });

/** A new page of somebody who signed in there, even if they signed out since: the data may be those of before. */
export const comeAgain = async ({ context, cookies }: Seat, url: string): Promise<Person> => {
  await context.addCookies(cookies);
  return signedIn(await openPage(context, url));
};
