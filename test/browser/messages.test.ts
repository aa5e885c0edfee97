import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { describeInChromium, type Person } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { expectClean, looks, Screens, takeOn, type Look } from '../support/screens.js';
import { WireClient } from '../support/wire-client.js';
import { DEMO_PASSWORD } from '../../src/demo.js';

import.meta.jest.setTimeout(180_000);
if (process.env['PARLEY_TEST_ENGINE'] === 'distributed') import.meta.jest.retryTimes(1, { logErrorsBeforeRetry: true });

const composer = (page: Page) => page.getByRole('textbox', { name: 'Send a message' });
const log = (page: Page) => page.getByRole('log', { name: 'Messages' });
const messages = (page: Page) => log(page).getByRole('article');
const withText = (page: Page, text: string) => messages(page).filter({ hasText: text });
const group = (page: Page) => page.getByRole('tab').first();

const say = async (page: Page, text: string): Promise<void> => {
  await composer(page).fill(text);
  await composer(page).press('Enter');
  await withText(page, text).last().waitFor();
};
/** Opens the menu of a message by keyboard, and chooses. */
const act = async (row: Locator, action: string): Promise<void> => {
  // What is not sent yet has no menu.
  await row.getByRole('button', { name: /^Actions for the message/ }).waitFor({ state: 'attached' });
  await row.focus();
  await row.press('Enter');
  await row.page().getByRole('menuitem', { name: action }).click();
};
const settled = async (what: string, locator: Locator, count: number): Promise<void> =>
  eventually(what, async () => (await locator.count()) === count, { withinMs: 15_000, found: () => what });
const isAtEnd = (page: Page): Promise<boolean> =>
  log(page).evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight < 40);
const look = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['PARLEY_TEST_SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
};

const choosePeople = async (page: Page, names: readonly string[]): Promise<void> => {
  await page.getByRole('button', { name: 'New conversation' }).click();
  for (const name of names) {
    await page.getByRole('combobox').pressSequentially(name);
    await page.getByRole('option', { name: new RegExp(name) }).click();
  }
  await page.getByRole('button', { name: 'Chat', exact: true }).click();
};

describeInChromium('messages of a group', (launch) => {
  let screens: Screens;
  let browser: Browser;
  let doe: Person;
  let smith: Person;
  let magnum: Person;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    screens = await Screens.open(browser, ['john.doe', 'john.smith', 'thomas.magnum']);
    [doe, smith, magnum] = screens.people as [Person, Person, Person];
    await choosePeople(doe.page, ['John Smith', 'Thomas Magnum']);
    await smith.page.getByRole('button', { name: 'Join' }).click();
    await composer(smith.page).waitFor();
  });
  afterEach(() => screens.close());

  it('S23 S28 S39 S41 S57 S104 what happens stands between messages; a later one reads neither them nor what they answer', async () => {
    const { page } = doe;
    await log(page).getByText('You have invited John Smith').waitFor();
    await log(page).getByText('You have invited Thomas Magnum').waitFor();
    await log(page).getByText('John Doe has joined the group chat').waitFor();
    await log(page).getByText('John Smith has joined the group chat').waitFor();
    await say(page, 'the secret of before');
    await withText(smith.page, 'the secret of before').waitFor();
    // S41 who joins now sees nothing of it, and reads so.
    await magnum.page.getByRole('button', { name: 'Join' }).click();
    await log(magnum.page).getByText('You joined here.').waitFor();
    await log(page).getByText('Thomas Magnum has joined the group chat').waitFor();
    await act(withText(smith.page, 'the secret of before'), 'Reply');
    await say(smith.page, 'I know');
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
    await smith.page.getByRole('button', { name: 'Close conversation' }).first().click();
    await log(page).getByText('John Smith has left the group chat').waitFor({ timeout: 20_000 });
  });

  it('corrects, retracts after a question, reacts and copies; by menu, by keys, and everybody sees it', async () => {
    const { page } = doe;
    await say(page, 'helo');
    await say(page, 'wrong room');
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
    await say(page, 'first');
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
    await say(page, 'read this');
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
    await say(page, 'the Élan of <b>spring</b>');
    for (let n = 1; n <= 30; n++) await say(page, `line ${n}`);
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
    await say(page, 'before Magnum came');
    await magnum.page.getByRole('button', { name: 'Join' }).click();
    await log(magnum.page).getByText('You joined here.').waitFor();
    await composer(page).fill('two\nlines');
    await composer(page).press('Enter');
    await say(page, 'taken back');
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

  /** John Doe says so many things, faster than anybody types. */
  const sayMany = async (count: number, first?: { readonly text: string; readonly replyTo: number }): Promise<void> => {
    const wire = await (await WireClient.signIn(screens.address, 'john.doe', DEMO_PASSWORD)).connect();
    const [conversationId] = [...wire.documents.conversation.keys()];
    for (let n = 1; n <= count; n++) await wire.post(conversationId!, `message ${n}`);
    if (first) await wire.accepted('conversation.post', { conversationId: conversationId!, ...first });
    wire.close();
  };
  const firstOnScreen = (page: Page): Promise<string | null> =>
    log(page).evaluate((list) => {
      const { top, bottom } = list.getBoundingClientRect();
      const row = [...list.querySelectorAll('article')].find((one) => {
        const box = one.getBoundingClientRect();
        return box.top >= top && box.bottom <= bottom;
      });
      return row?.querySelector('.text')?.textContent ?? null;
    });
  const topOf = (row: Locator): Promise<number> => row.evaluate((element) => element.getBoundingClientRect().top);

  it('S60 S63 S67 S68 S69 S70 S71 in a group: following at the end; scrolled up, a ribbon and nothing moves', async () => {
    await sayMany(60);
    const { page } = smith;
    await withText(page, 'message 60').waitFor();
    await composer(page).click();
    expect(await isAtEnd(page)).toBe(true);
    // S71 at the end the newest is followed, and nothing else says so.
    await say(doe.page, 'followed');
    await withText(page, 'followed').waitFor();
    await eventually('the end', () => isAtEnd(page));
    const ribbon = page.getByRole('button', { name: /Go to the end$/ });
    expect(await ribbon.count()).toBe(0);
    // S67 scrolled up, nothing moves; S68 the ribbon names the latest; neither focus nor selection nor caret move.
    await composer(page).fill('half a word');
    await log(page).evaluate((list) => {
      list.scrollTop = 400;
    });
    await eventually('the place', () => log(page).evaluate((list) => Math.abs(list.scrollTop - 400) < 2));
    const where = (): Promise<unknown> =>
      page.evaluate(() => {
        const field = document.activeElement as HTMLTextAreaElement;
        const list = document.querySelector('[role=log]');
        return [
          field.tagName,
          field.selectionStart,
          list?.scrollTop,
          document.querySelector('[role=tab][aria-selected=true]')?.id,
        ];
      });
    const before = await where();
    await say(doe.page, 'one more');
    await say(doe.page, 'and the very newest');
    await page.getByRole('button', { name: /2 new messages. John Doe: and the very newest/ }).waitFor();
    expect(await where()).toEqual(before);
    await look(page, 'ribbon');
    // S69 S70 a click leads to it, and the ribbon goes.
    await ribbon.click();
    await withText(page, 'and the very newest').waitFor();
    await eventually('the end', () => isAtEnd(page));
    await settled('no ribbon', ribbon, 0);
    // S70 so does scrolling by hand.
    await log(page).evaluate((list) => {
      list.scrollTop = 400;
    });
    await eventually('the place', async () => !(await isAtEnd(page)));
    await say(doe.page, 'once more');
    await ribbon.waitFor();
    await log(page).evaluate((list) => {
      list.scrollTop = list.scrollHeight;
    });
    await settled('no ribbon', ribbon, 0);
  });

  it('S62 opens at the first unread message, with much of it; reads on, goes to the newest, and up again without a jump', async () => {
    const { page } = smith;
    await say(doe.page, 'the beginning');
    await composer(page).click();
    await withText(page, 'the beginning').waitFor();
    await page.getByRole('button', { name: 'Search messages' }).focus();
    await sayMany(150, { text: 'about the beginning', replyTo: 1 });
    await withText(page, 'about the beginning').waitFor();
    await page.reload();
    const divider = log(page).locator('.separator.new');
    await divider.waitFor();
    const frame = await log(page).evaluate((list) => list.getBoundingClientRect().toJSON() as DOMRect);
    await eventually(
      'the divider in the upper half',
      async () => {
        const at = (await topOf(divider)) - frame.top;
        return at >= 0 && at < frame.height / 2;
      },
      { found: () => frame },
    );
    await look(page, 'first-unread');
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('TEXTAREA');
    // Reading on loads what comes after, and what is on the screen stays.
    await eventually(
      'message 90 by scrolling',
      async () => {
        await log(page).evaluate((list) => {
          list.scrollTop += 150;
        });
        return (await withText(page, 'message 90').count()) > 0;
      },
      { withinMs: 20_000 },
    );
    await page.getByRole('button', { name: 'Go to the newest message' }).click();
    await withText(page, 'about the beginning').waitFor();
    await eventually('the end', () => isAtEnd(page));
    await look(page, 'newest');
    // Up again: an older page comes, and the row that one reads does not move.
    await log(page).evaluate((list) => {
      list.scrollTop = 300;
    });
    // The list draws the rows of where it is now a moment later.
    let text = await firstOnScreen(page);
    await eventually('a row on the screen', async () => {
      const before = text;
      text = await firstOnScreen(page);
      return text !== null && text === before;
    });
    const exact = messages(page).filter({ has: page.getByText(text ?? '', { exact: true }) });
    const top = await topOf(exact);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(Math.abs((await topOf(exact)) - top)).toBeLessThan(2);
    // The quotation leads far up.
    await page.getByRole('button', { name: 'Go to the newest message' }).click();
    await page.getByRole('button', { name: /Go to the message of John Doe: the beginning/ }).click();
    const found = messages(page).filter({ has: page.locator('.text', { hasText: /^the beginning$/ }) });
    await found.waitFor();
    await eventually('the focus is there', () => found.evaluate((element) => element === document.activeElement));
    await look(page, 'quoted');
  });

  /** Everything that a message can have, in a few of them. */
  const sayOfEverything = async (): Promise<void> => {
    const { page } = doe;
    await say(page, 'a first message, with https://example.org/agenda in it');
    await act(withText(page, 'a first message'), 'Reply');
    await say(page, `an answer with a long word ${'x'.repeat(90)}`);
    await say(page, 'gone soon');
    await act(withText(page, 'gone soon'), 'Delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await withText(smith.page, 'Message deleted').waitFor();
    await withText(smith.page, 'a first message').first().focus();
    await smith.page.keyboard.press('Enter');
    await smith.page.getByRole('menuitemcheckbox', { name: 'heart' }).click();
    await smith.page.getByRole('button', { name: /1 reaction, heart/ }).waitFor();
    await composer(page).fill('for @John Smith');
    await composer(page).press('Enter');
    await act(withText(page, 'for @John Smith'), 'Edit');
    await composer(page).fill('for @John Smith, once more');
    await composer(page).press('Enter');
    await withText(smith.page, 'once more').getByText('edited').waitFor();
  };
  it('at 320, 390, 700 and 1280 px, light and dark, both directions: nothing runs out sideways, and axe finds nothing', async () => {
    await sayOfEverything();
    const { page } = smith;
    const lookAtAll = async (direction: Look['direction']): Promise<void> => {
      for (const one of looks().filter((each) => each.direction === direction)) {
        await takeOn(page, one);
        await eventually('the newest', async () => (await withText(page, 'once more').count()) > 0);
        await expectClean(page, one);
        await look(page, `all-${Object.values(one).join('-')}`);
      }
    };
    await lookAtAll('ltr');
    // The page is read from right to left before anything of it is made.
    await page.addInitScript(() => {
      document.addEventListener('readystatechange', () => (document.documentElement.dir = 'rtl'));
    });
    await page.reload();
    await composer(page).waitFor();
    expect(await composer(page).evaluate((field) => getComputedStyle(field.closest('form')!).direction)).toBe('rtl');
    await lookAtAll('rtl');
  });

  it('the menu, the question, the search and the list of people are as clean, at 320 and 700 px', async () => {
    await sayOfEverything();
    const { page } = doe;
    for (const [width, colorScheme] of [
      [320, 'light'],
      [700, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 640 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await withText(page, 'once more').focus();
      await page.keyboard.press('Shift+F10');
      await page.getByRole('menuitem', { name: 'Reply' }).waitFor();
      await expectClean(page, { width, colorScheme, what: 'menu' });
      await look(page, `menu-${width}-${colorScheme}`);
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('alertdialog').waitFor();
      await expectClean(page, { width, colorScheme, what: 'question' });
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Search messages' }).click();
      await page.getByRole('searchbox').fill('a');
      await page.getByRole('button', { name: /an answer/ }).waitFor();
      await expectClean(page, { width, colorScheme, what: 'search' });
      await look(page, `search-${width}-${colorScheme}`);
      await page.keyboard.press('Escape');
      await composer(page).fill('');
      await composer(page).pressSequentially('@');
      await page.getByRole('option').first().waitFor();
      await composer(page).press('ArrowDown');
      await expectClean(page, { width, colorScheme, what: 'mentions' });
      await composer(page).fill('');
    }
  });
});
