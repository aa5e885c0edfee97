import type { Browser, Locator, Page } from 'playwright-core';
import { signInAs, type Person } from './browser.js';
import { engineEnvironment } from './distributed-servers.js';
import { eventually } from './eventually.js';
import { BuiltProgram, freePort } from './server-process.js';
import { tempFolder } from './temp-folder.js';

/** What a person sees of the people of their list and does with them, by the names that a screen reader says. */

/** One server for a whole file, with limits of its own, and whoever signs in to it. */
export const openPeople = async (browser: Browser, limits: Readonly<Record<string, string>>) => {
  const folder = tempFolder();
  const server = await BuiltProgram.server({
    PARLEY_PORT: String(await freePort()),
    PARLEY_DATA_DIR: folder.path,
    PARLEY_LIMIT_COMMANDS_PER_SECOND: '1000',
    PARLEY_LIMIT_COMMANDS_BURST: '1000',
    ...limits,
    ...(await engineEnvironment(folder.path)),
  });
  const people: Person[] = [];
  return {
    address: server.address,
    signIn: async (login: string): Promise<Person> => {
      const person = await signInAs(browser, server.address, login);
      people.push(person);
      return person;
    },
    /** Fails if anything went wrong in anybody's browser. */
    close: async (): Promise<void> => {
      await Promise.all(people.map(({ context }) => context.close()));
      await server.end('SIGTERM');
      folder.remove();
      expect(people.map(({ problems }) => problems)).toEqual(people.map(() => []));
    },
  };
};

export const list = (page: Page): Locator => page.locator('.side');
export const section = (page: Page, name: 'Favorites' | 'Not in list'): Locator =>
  list(page).getByRole('region', { name });
export const row = (page: Page, name: string): Locator =>
  list(page)
    .getByRole('listitem')
    .filter({ has: page.locator('.name', { hasText: name }) });
export const star = (within: Locator, name: string): Locator =>
  within.getByRole('button', { name: new RegExp(`${name} (to|from) favorites`) });
export const chip = (page: Page, name: string): Locator =>
  page.getByRole('list', { name: 'Participants' }).getByRole('listitem').filter({ hasText: name });
export const requestOf = (page: Page, name: string): Locator =>
  page.getByRole('article', { name: `Subscription request from ${name}` });
export const ownStatus = (page: Page): Locator => page.getByRole('button', { name: /^Your status: / });
export const dialogOf = (page: Page, name: string): Locator => page.getByRole('dialog', { name });
export const question = (page: Page): Locator => page.getByRole('alertdialog');

/** State of the glyph and words beside it, as a row of the list shows them. */
export const shownAt = async (of: Locator): Promise<string> => {
  const state = (await of.locator('svg.presence').first().getAttribute('class')) ?? '';
  const words = await of.locator('.words').first().innerText();
  return `${state.replace('presence', '').trim()}: ${words}`;
};

/** Waits until a row of the list, or the own bar, shows this. */
export const shows = async (of: Locator, wanted: string, withinMs = 10_000): Promise<void> => {
  let found = '';
  await eventually(
    wanted,
    async () => {
      found = (await of.count()) === 1 ? await shownAt(of) : `${await of.count()} of them`;
      return found === wanted;
    },
    { withinMs, found: () => found },
  );
};

/** Whether the person looks at the window. */
export const look = (page: Page, isFocused: boolean): Promise<void> =>
  page.evaluate((is) => {
    Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => is });
    window.dispatchEvent(new Event(is ? 'focus' : 'blur'));
  }, isFocused);

export const openMenu = async (page: Page): Promise<void> => {
  await ownStatus(page).click();
  await page.getByRole('menu').waitFor();
};
export const choose = async (page: Page, status: string): Promise<void> => {
  await openMenu(page);
  await page.getByRole('menuitemradio', { name: status }).click();
};
/** Opens the dialog of words beside a status. */
export const write = async (page: Page, status: string): Promise<Locator> => {
  await openMenu(page);
  await page.getByRole('menuitem', { name: `Custom message… (${status})` }).click();
  return dialogOf(page, `Custom ${status.toLowerCase()} status message`);
};
export const openAccount = async (page: Page, item: string): Promise<void> => {
  await page.getByRole('button', { name: /^Account of / }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
