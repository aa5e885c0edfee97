import type { Locator, Page } from 'playwright-core';
import type { Person } from './browser.js';
import { eventually } from './eventually.js';
import { composer, join, log, startWith, tab } from './group-screen.js';

/** What a person sees of messages and does with them, by the names that a screen reader says. */

export const messages = (page: Page): Locator => log(page).getByRole('article');
export const withText = (page: Page, text: string | RegExp): Locator => messages(page).filter({ hasText: text });

/** Until it is on one's own screen. */
export const sayAndSee = async (page: Page, text: string): Promise<void> => {
  await composer(page).fill(text);
  await composer(page).press('Enter');
  await withText(page, text).last().waitFor();
};
/** What is not sent yet has no menu. */
export const sent = (row: Locator): Promise<void> =>
  row.getByRole('button', { name: /^Actions for the message/ }).waitFor({ state: 'attached' });
/** Opens the menu of a message by keyboard, and chooses. */
export const act = async (row: Locator, action: string): Promise<void> => {
  await sent(row);
  await row.focus();
  await row.press('Enter');
  await row.page().getByRole('menuitem', { name: action }).click();
};
export const settled = async (what: string, locator: Locator, count: number): Promise<void> =>
  eventually(what, async () => (await locator.count()) === count, { withinMs: 15_000, found: () => what });
export const isAtEnd = (page: Page): Promise<boolean> =>
  log(page).evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight < 40);
/** A picture, for somebody who wants to look at it. */
export const look = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['PARLEY_TEST_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
};

/** Whom `startGroup` expects. */
export const GROUP = ['john.doe', 'john.smith', 'thomas.magnum'];
/** John Doe invites John Smith, who is in it already, and Thomas Magnum, who has not joined. */
export const startGroup = async ([doe, smith]: readonly Person[]): Promise<void> => {
  await startWith(doe!.page, ['Smith', 'Magnum']);
  await join(smith!.page);
};
export const numbered = (word: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);

export const textsOf = (page: Page): Promise<string[]> =>
  messages(page)
    .locator('.text')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).innerText));
export const shows = (page: Page, texts: readonly string[]): Promise<void> => {
  let found: string[] = [];
  return eventually(
    'the messages',
    async () => {
      found = await textsOf(page);
      return JSON.stringify(found) === JSON.stringify(texts);
    },
    { found: () => found },
  );
};

/** John Doe starts a chat with John Smith, by keyboard, as the guide says. */
export const startChat = async ({ page }: Person): Promise<void> => {
  await page.getByRole('button', { name: 'New conversation' }).click();
  const picker = page.getByRole('combobox', { name: 'Chat with…' });
  await picker.waitFor();
  expect(await picker.evaluate((field) => field === document.activeElement)).toBe(true);
  await picker.pressSequentially('john s');
  await page.getByRole('option', { name: /John Smith/ }).waitFor();
  await picker.press('Enter');
  await page.getByRole('button', { name: 'Chat', exact: true }).click();
  await tab(page, 'John Smith').waitFor();
};
