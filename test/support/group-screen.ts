import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.js';

/** What a person sees of conversations and does with them, by the names that a screen reader says. */

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: 'Send a message' });
export const tab = (page: Page, name: string | RegExp): Locator => page.getByRole('tab', { name });
export const log = (page: Page): Locator => page.getByRole('log', { name: 'Messages' });
export const picker = (page: Page): Locator => page.getByRole('combobox', { name: 'Chat with…' });
export const chatButton = (page: Page): Locator => page.getByRole('button', { name: 'Chat', exact: true });
export const invitation = (page: Page): Locator => page.getByRole('article', { name: 'New group chat invitation' });
export const inviteMore = (page: Page): Locator => page.getByRole('button', { name: 'Invite to group chat…' });

/** Messages and notices from top to bottom, without authors and times. */
export const linesOf = (page: Page): Promise<string[]> =>
  log(page)
    .locator('.text, .notice p')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).innerText));

export const showsLines = async (page: Page, lines: readonly string[]): Promise<void> => {
  let found: string[] = [];
  await eventually(
    'the messages and notices',
    async () => {
      found = await linesOf(page);
      return JSON.stringify(found) === JSON.stringify(lines);
    },
    { found: () => found },
  );
};

/** Who takes part, as the strip above the messages says. */
export const participants = (page: Page): Promise<string[]> =>
  page.getByRole('list', { name: 'Participants' }).getByRole('listitem').locator('.name').allInnerTexts();

export const showsParticipants = async (page: Page, names: readonly string[]): Promise<void> => {
  let found: string[] = [];
  await eventually(
    'the participants',
    async () => {
      found = await participants(page);
      return JSON.stringify(found) === JSON.stringify(names);
    },
    { found: () => found },
  );
};

export const choose = async (page: Page, name: string): Promise<void> => {
  await picker(page).pressSequentially(name.toLowerCase());
  await page.getByRole('option', { name }).waitFor();
  await picker(page).press('Enter');
};

/** Starts a private chat with one, a group with several. */
export const startWith = async (page: Page, names: readonly string[], title = ''): Promise<void> => {
  await page.getByRole('button', { name: 'New conversation' }).click();
  for (const name of names) await choose(page, name);
  if (title !== '') await page.getByRole('textbox', { name: /^Name of the group chat/ }).fill(title);
  await chatButton(page).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

export const say = async (page: Page, text: string): Promise<void> => {
  await composer(page).fill(text);
  await composer(page).press('Enter');
};

export const join = async (page: Page): Promise<void> => {
  await invitation(page).getByRole('button', { name: 'Join' }).click();
  await composer(page).waitFor();
};

/** Leaves a group, and goes away: then nobody waits until it can no longer be undone. */
export const leaveNow = async (page: Page, name: string | RegExp): Promise<void> => {
  await tab(page, name).press('Delete');
  await page.goto('about:blank');
};
