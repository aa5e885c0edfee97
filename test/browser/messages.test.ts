import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { describeInChromium, type Person } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { composer, leaveNow, log } from '../support/group-screen.js';
import {
  act,
  GROUP,
  isAtEnd,
  look,
  numbered,
  sayAndSee,
  sent,
  settled,
  startGroup,
  withText,
} from '../support/message-screen.js';
import { Cast, type Screens } from '../support/screens.js';

import.meta.jest.setTimeout(120_000);
if (process.env['PARLEY_TEST_ENGINE'] === 'distributed') import.meta.jest.retryTimes(1, { logErrorsBeforeRetry: true });

const group = (page: Page) => page.getByRole('tab').first();

describeInChromium('messages of a group', (launch) => {
  let cast: Cast;
  let screens: Screens;
  let browser: Browser;
  let doe: Person;
  let smith: Person;
  let magnum: Person;

  beforeAll(async () => {
    browser = await launch();
    cast = await Cast.gather(browser, GROUP, startGroup);
  });
  afterAll(async () => {
    await cast.close();
    await browser.close();
  });
  beforeEach(async () => {
    screens = await cast.screens();
    [doe, smith, magnum] = screens.people as [Person, Person, Person];
  });
  afterEach(() => cast.clear());

  it('S23 S28 S39 S41 S57 S104 what happens stands between messages; a later one reads neither them nor what they answer', async () => {
    const { page } = doe;
    await log(page).getByText('You have invited John Smith').waitFor();
    await log(page).getByText('You have invited Thomas Magnum').waitFor();
    await log(page).getByText('John Doe has joined the group chat').waitFor();
    await log(page).getByText('John Smith has joined the group chat').waitFor();
    await sayAndSee(page, 'the secret of before');
    await withText(smith.page, 'the secret of before').waitFor();
    // S41 who joins now sees nothing of it, and reads so.
    await magnum.page.getByRole('button', { name: 'Join' }).click();
    await log(magnum.page).getByText('You joined here.').waitFor();
    await log(page).getByText('Thomas Magnum has joined the group chat').waitFor();
    await act(withText(smith.page, 'the secret of before'), 'Reply');
    await sayAndSee(smith.page, 'I know');
    await withText(page, 'I know')
      .getByRole('button', { name: /Go to the message of John Doe: the secret/ })
      .waitFor();
    await withText(magnum.page, 'I know').getByText('A message that you cannot see').waitFor();
    expect(await magnum.page.content()).not.toContain('secret');
    // S23 S104 avatar, name, time; each in a colour of their own.
    const colours = await Promise.all(
      ['the secret', 'I know'].map((text) =>
        withText(page, text)
          .locator('.author')
          .first()
          .evaluate((author) => getComputedStyle(author).color),
      ),
    );
    expect(new Set(colours).size).toBe(2);
    await look(page, 'group');
    await look(magnum.page, 'joined-later');
    // S57 who leaves is told of.
    await leaveNow(smith.page, /./);
    await log(page).getByText('John Smith has left the group chat').waitFor();
  });

  it('corrects, retracts after a question, reacts and copies; by menu, by keys, and everybody sees it', async () => {
    const { page } = doe;
    await sayAndSee(page, 'helo');
    await sayAndSee(page, 'wrong room');
    await sent(withText(page, 'wrong room'));
    // Up in the empty box corrects what one said last; Escape leaves it as it is.
    await composer(page).press('ArrowUp');
    expect(await composer(page).inputValue()).toBe('wrong room');
    await composer(page).press('Escape');
    expect(await composer(page).inputValue()).toBe('');
    await act(withText(page, 'helo'), 'Edit');
    expect(await composer(page).inputValue()).toBe('helo');
    await look(page, 'editing');
    await composer(page).fill('hello');
    await composer(page).press('Enter');
    await withText(smith.page, 'hello').getByText('edited').waitFor();
    // Retracting asks first.
    await act(withText(page, 'wrong room'), 'Delete');
    await look(page, 'deleting');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    await withText(smith.page, 'wrong room').waitFor();
    await act(withText(page, 'wrong room'), 'Delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await withText(smith.page, 'Message deleted').waitFor();
    await settled('the text is gone', withText(smith.page, 'wrong room'), 0);
    // Nobody changes what others said.
    await withText(smith.page, 'hello').focus();
    await smith.page.keyboard.press('Enter');
    await smith.page.getByRole('menuitem', { name: 'Reply' }).waitFor();
    expect(await smith.page.getByRole('menuitem', { name: 'Edit' }).count()).toBe(0);
    await look(smith.page, 'menu');
    // A reaction by keyboard alone: the first one of the menu.
    await smith.page.keyboard.press('Enter');
    const chip = (at: Page) => at.getByRole('button', { name: /1 reaction, thumbs up: John Smith/ });
    await chip(page).waitFor();
    expect(await chip(smith.page).getAttribute('aria-pressed')).toBe('true');
    await chip(page).click();
    await page.getByRole('button', { name: /2 reactions, thumbs up: John Smith, John Doe/ }).waitFor();
    await look(page, 'reactions');
    await smith.page.getByRole('button', { name: /2 reactions, thumbs up/ }).click();
    await page.getByRole('button', { name: /1 reaction, thumbs up: John Doe/ }).waitFor();
  });

  it('mentions somebody from a list by keyboard; they read it marked, and who writes is told without moving the list', async () => {
    const { page } = doe;
    await sayAndSee(page, 'first');
    await composer(page).fill('');
    await composer(page).pressSequentially('hello @jo');
    const option = page.getByRole('option', { name: 'John Smith' });
    await option.waitFor();
    await look(page, 'mention');
    // Nobody is chosen before one moves; Escape closes the list and nothing else.
    expect(await option.getAttribute('aria-selected')).toBe('false');
    await composer(page).press('Escape');
    await settled('the list is closed', option, 0);
    expect(await composer(page).inputValue()).toBe('hello @jo');
    await smith.page.getByText('John Doe is writing…').waitFor();
    await look(smith.page, 'writing');
    expect(await isAtEnd(smith.page)).toBe(true);
    await composer(page).fill('');
    await composer(page).pressSequentially('hello @jo');
    await option.waitFor();
    await composer(page).press('ArrowDown');
    expect(await composer(page).getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'));
    await composer(page).press('Enter');
    expect(await composer(page).inputValue()).toBe('hello @John Smith ');
    await composer(page).press('Enter');
    await settled('nobody writes any more', smith.page.getByText('John Doe is writing…'), 0);
    await withText(smith.page, 'hello').locator('.mention.own', { hasText: '@John Smith' }).waitFor();
    await look(smith.page, 'mentioned');
    expect(await withText(page, 'hello').locator('.mention.own').count()).toBe(0);
  });

  it('S62 S64 S65 shows who has read how far, once they have read', async () => {
    const { page } = doe;
    await smith.page.getByRole('button', { name: 'Search messages' }).focus();
    await sayAndSee(page, 'read this');
    await withText(smith.page, 'read this').waitFor();
    expect(await withText(smith.page, 'read this').evaluate((row) => row.classList.contains('unread'))).toBe(true);
    await group(smith.page).getByText('1', { exact: true }).waitFor();
    expect(await page.getByText('Read by John Smith').count()).toBe(0);
    await composer(smith.page).focus();
    await withText(page, 'read this').getByText('Read by John Smith').waitFor();
    await eventually('white', () =>
      withText(smith.page, 'read this').evaluate((row) => !row.classList.contains('unread')),
    );
    // S65 what happens between messages is never unread.
    await magnum.page.getByRole('button', { name: 'Join' }).click();
    await log(smith.page).getByText('Thomas Magnum has joined the group chat').waitFor();
    expect(await group(smith.page).innerText()).not.toMatch(/\d/);
  });

  it('finds messages by their words, here and everywhere, and leads to them', async () => {
    const { page } = doe;
    await sayAndSee(page, 'the Élan of <b>spring</b>');
    await screens.sayMany('john.doe', numbered('line', 30));
    await withText(page, 'line 30').waitFor();
    await page.getByRole('button', { name: 'Search messages' }).click();
    const panel = page.getByRole('search', { name: 'Search messages' });
    const words = panel.getByRole('searchbox', { name: 'Words to look for' });
    await words.fill('nowhere');
    await panel.getByText('No message found for “nowhere”').waitFor();
    await words.fill('elan spr');
    const hit = panel.getByRole('button', { name: /the Élan of/ });
    await hit.waitFor();
    expect(await hit.locator('mark').allInnerTexts()).toEqual(['Élan', 'spr']);
    expect(await hit.locator('b').count()).toBe(0);
    await look(page, 'search');
    await panel.getByLabel('All conversations').check();
    await hit.waitFor();
    await hit.click();
    await settled('the panel is closed', panel, 0);
    await withText(page, 'the Élan').waitFor();
    expect(await withText(page, 'the Élan').evaluate((row) => row === document.activeElement)).toBe(true);
    await look(page, 'led');
    await page.getByRole('button', { name: 'Go to the newest message' }).click();
    await eventually('the end', () => isAtEnd(page));
    await page.getByRole('button', { name: 'Search messages' }).click();
    await words.fill('line');
    await panel.getByRole('button', { name: 'Show more' }).click();
    await settled('all of them', panel.getByRole('listitem'), 30);
    // Escape closes it, and the focus is where one opened it.
    await words.press('Escape');
    await settled('the panel is closed', panel, 0);
    expect(
      await page
        .getByRole('button', { name: 'Search messages' })
        .evaluate((button) => button === document.activeElement),
    ).toBe(true);
  });

  it('S41 S54 saves as text what one may see, with what happened and without what was retracted', async () => {
    const { page } = doe;
    await sayAndSee(page, 'before Magnum came');
    await magnum.page.getByRole('button', { name: 'Join' }).click();
    await log(magnum.page).getByText('You joined here.').waitFor();
    await composer(page).fill('two\nlines');
    await composer(page).press('Enter');
    await sayAndSee(page, 'taken back');
    await act(withText(page, 'taken back'), 'Delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await withText(magnum.page, 'Message deleted').waitFor();
    const saved = async (at: Page): Promise<string> => {
      const [download] = await Promise.all([
        at.waitForEvent('download'),
        at.getByRole('button', { name: 'Save as text' }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^[\w, ]+ \d{4}-\d\d-\d\d\.txt$/);
      return readFile(await download.path(), 'utf8');
    };
    const whole = await saved(page);
    expect(whole).toContain('— You have invited John Smith —\n');
    expect(whole).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d {2}John Doe: before Magnum came\n/);
    expect(whole).toContain('John Doe: two\n    lines\n');
    expect(whole).toContain('John Doe: (message deleted)\n');
    expect(whole).not.toContain('taken back');
    const part = await saved(magnum.page);
    expect(part).not.toContain('before Magnum');
    expect(part).toContain('Thomas Magnum has joined the group chat');
    expect(part).toContain('two\n    lines');
    await page.getByText('3 messages saved').waitFor();
  });
});
