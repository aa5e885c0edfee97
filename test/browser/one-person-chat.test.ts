import type { Browser, Page } from 'playwright-core';
import { errorBody } from '../../src/application/protocol/index.js';
import { describeInChromium, openBrowser, type Person } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { expectClean, looks, Screens, takeOn } from '../support/screens.js';

// A step that waits too long is named after 20 s (test/support/browser.ts); a test has many steps, and a server to start.
import.meta.jest.setTimeout(60_000);
// EventStoreDB's double and FerretDB beside a browser are much for two cores: there one repetition is allowed, and what failed is printed.
if (process.env['PARLEY_TEST_ENGINE'] === 'distributed') import.meta.jest.retryTimes(1, { logErrorsBeforeRetry: true });

const composer = (page: Page) => page.getByRole('textbox', { name: 'Send a message' });
const messages = (page: Page) => page.getByRole('log', { name: 'Messages' }).getByRole('article');
const textsOf = (page: Page): Promise<string[]> =>
  messages(page)
    .locator('.text')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).innerText));
const tab = (page: Page, name: string) => page.getByRole('tab', { name });
const shows = (page: Page, texts: readonly string[]): Promise<void> => {
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
const startChat = async ({ page }: Person): Promise<void> => {
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

describeInChromium('two people, each at a browser', (launch) => {
  let screens: Screens;
  let browser: Browser;
  let doe: Person;
  let smith: Person;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    screens = await Screens.open(browser, ['john.doe', 'john.smith']);
    [doe, smith] = screens.people as [Person, Person];
  });
  afterEach(() => screens.close());

  it('S8 S10 S11 S12 S18 S19 S20 S21 S22 S23 chat one to one, and find it all again after reload and restart', async () => {
    const { page } = doe;
    // S8 the picker offers who is meant, and never oneself.
    await page.getByRole('button', { name: 'New conversation' }).click();
    const picker = page.getByRole('combobox', { name: 'Chat with…' });
    const chat = page.getByRole('button', { name: 'Chat', exact: true });
    await picker.pressSequentially('jo');
    await page.getByRole('option', { name: /J\.Q\. Higgins/ }).waitFor();
    expect(await page.getByRole('option').count()).toBe(2);
    // S11 nothing to start with nobody; Cancel leaves nothing.
    expect(await chat.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByRole('tab').count()).toBe(0);
    // S10 the chosen one is a chip, and the field is empty.
    await page.getByRole('button', { name: 'New conversation' }).click();
    await picker.pressSequentially('smith');
    await page.getByRole('option', { name: /John Smith/ }).click();
    expect(await picker.inputValue()).toBe('');
    await page.getByRole('button', { name: 'Remove John Smith from list' }).waitFor();
    await chat.click();
    // S12 S18 the conversation is open, and one can write at once.
    await tab(page, 'John Smith').waitFor();
    expect(await tab(page, 'John Smith').getAttribute('aria-selected')).toBe('true');
    await eventually('the caret in the composer', () =>
      composer(page).evaluate((field) => field === document.activeElement),
    );
    // S22 an empty or blank box sends nothing.
    await page.keyboard.press('Enter');
    await page.keyboard.type('   ');
    await page.keyboard.press('Enter');
    await composer(page).fill('');
    // S20 Shift+Enter breaks, S19 Enter sends.
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    expect(await textsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await composer(page).inputValue()).toBe('');
    // S19 S21 both see it, with its line break, without a reload.
    await shows(page, ['one\ntwo']);
    await tab(smith.page, 'John Doe').click();
    await shows(smith.page, ['one\ntwo']);
    await composer(smith.page).click();
    await smith.page.keyboard.type('I am <b>fine</b>, see https://example.org/agenda');
    await smith.page.keyboard.press('Enter');
    const both = ['one\ntwo', 'I am <b>fine</b>, see https://example.org/agenda'];
    await shows(page, both);
    // S23 who said it and when; links can be followed, HTML is text.
    const answer = messages(page).last();
    expect(await answer.innerText()).toMatch(/John Smith\s+\d\d:\d\d/);
    const link = answer.getByRole('link');
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
      'https://example.org/agenda',
      'noopener noreferrer',
    ]);
    expect(await answer.locator('b').count()).toBe(0);
    // S59 after a reload, and after a restart of the server.
    await page.reload();
    await tab(page, 'John Smith').click();
    await shows(page, both);
    await screens.killServer();
    await screens.startServer();
    await smith.page.reload();
    await tab(smith.page, 'John Doe').click();
    await shows(smith.page, both);
    await composer(page).fill('still there?');
    await composer(page).press('Enter');
    await shows(smith.page, [...both, 'still there?']);
    doe.problems.splice(0); // the broken connection is said on the console
    smith.problems.splice(0);
  });

  it('S22 Enter that ends an input method’s word does not send', async () => {
    await startChat(doe);
    const { page } = doe;
    await composer(page).fill('こんにち');
    /** A key press as input methods make it; `keyCode` 229 is how some browsers say so after the composition ended. */
    const press = (how: { readonly composing: boolean; readonly code: number }): Promise<void> =>
      composer(page).evaluate((field, { composing, code }) => {
        const init = { key: 'Enter', bubbles: true, cancelable: true, isComposing: composing };
        field.dispatchEvent(Object.defineProperty(new KeyboardEvent('keydown', init), 'keyCode', { value: code }));
      }, how);
    await press({ composing: true, code: 13 });
    await press({ composing: false, code: 229 });
    expect(await composer(page).inputValue()).toBe('こんにち');
    await composer(page).press('Enter');
    await shows(page, ['こんにち']);
  });

  it('S13 S14 S15 lists the other person as offline, not in list, although they are there', async () => {
    await startChat(doe);
    const people = doe.page.getByRole('complementary', { name: 'People' });
    await people.getByText('Not in list').waitFor();
    expect(await people.getByRole('button', { name: /^John Smith/ }).innerText()).toContain('Offline');
    expect(await people.getByText('Favorites').count()).toBe(0);
  });

  it('S60 S62 S63 S64 S65 unread: title, blue, number; each ends as the guide says', async () => {
    await startChat(doe);
    await composer(doe.page).fill('first');
    await composer(doe.page).press('Enter');
    const { page } = smith;
    // X8: what comes in moves neither focus nor selection.
    await tab(page, 'John Doe').waitFor();
    expect(await tab(page, 'John Doe').getAttribute('aria-selected')).toBe('false');
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('TEXTAREA');
    expect(await tab(page, 'John Doe').innerText()).toContain('1');
    // S64 looking is not reading: blue until one writes.
    await tab(page, 'John Doe').click();
    await shows(page, ['first']);
    expect(
      await messages(page)
        .first()
        .evaluate((row) => row.classList.contains('unread')),
    ).toBe(true);
    expect(
      await messages(page)
        .first()
        .evaluate((row) => getComputedStyle(row).backgroundColor),
    ).toBe('rgb(227, 240, 252)');
    await composer(page).click();
    await eventually(
      'white',
      async () =>
        !(await messages(page)
          .first()
          .evaluate((row) => row.classList.contains('unread'))),
    );
    await eventually('no number', async () => !(await tab(page, 'John Doe').innerText()).includes('1'));
    // S60 S63 the title says so only while the window is not looked at.
    const normal = await page.title();
    await page.evaluate(() => {
      Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => false });
      window.dispatchEvent(new Event('blur'));
    });
    await composer(doe.page).fill('second');
    await composer(doe.page).press('Enter');
    await eventually('the caption', async () => (await page.title()).includes('Unread messages'));
    await eventually('the caption blinks', async () => (await page.title()) === normal);
    await page.evaluate(() => {
      Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => true });
      window.dispatchEvent(new Event('focus'));
    });
    await eventually('the normal title', async () => (await page.title()) === normal);
  });

  it('S67 S68 S69 S70 scrolled up, the view stays; a ribbon names the newest and leads to it', async () => {
    await startChat(doe);
    await tab(doe.page, 'John Smith').waitFor();
    for (let n = 1; n <= 40; n++) {
      await composer(doe.page).fill(`message ${n}`);
      await composer(doe.page).press('Enter');
    }
    const { page } = smith;
    await tab(page, 'John Doe').click();
    await messages(page).first().waitFor();
    await composer(page).click();
    const log = page.getByRole('log', { name: 'Messages' });
    const scroll = (to: number) =>
      log.evaluate((list, top) => {
        list.scrollTop = top;
      }, to);
    await scroll(300);
    await eventually('the place', async () => Math.abs((await log.evaluate((list) => list.scrollTop)) - 300) < 2);
    const before = await log.evaluate((list) => list.scrollTop);
    await composer(doe.page).fill('the very newest of all messages');
    await composer(doe.page).press('Enter');
    const ribbon = page.getByRole('button', { name: /John Doe.*the very newest.*Go to the end/ });
    await ribbon.waitFor();
    expect(await log.evaluate((list) => list.scrollTop)).toBe(before);
    await ribbon.click();
    await eventually('the end', () =>
      log.evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight < 2),
    );
    await eventually('no ribbon', async () => (await ribbon.count()) === 0);
    await eventually('the newest', async () => (await textsOf(page)).at(-1) === 'the very newest of all messages');
  });

  it('R6 writes on while the connection is gone, says so, and sends it once when it is back', async () => {
    await startChat(doe);
    await composer(doe.page).fill('before');
    await composer(doe.page).press('Enter');
    await tab(smith.page, 'John Doe').click();
    await shows(smith.page, ['before']);
    await screens.killServer();
    await composer(doe.page).fill('while away');
    await composer(doe.page).press('Enter');
    await doe.page.getByText(/Connection lost/).waitFor();
    await doe.page
      .getByText(/waiting/i)
      .first()
      .waitFor();
    await screens.startServer();
    await doe.page
      .getByRole('button', { name: 'Try now' })
      .click()
      .catch(() => undefined);
    await shows(doe.page, ['before', 'while away']);
    await eventually('sent', async () => (await doe.page.getByText(/waiting/i).count()) === 0, { withinMs: 20_000 });
    await shows(smith.page, ['before', 'while away']);
    doe.problems.splice(0);
    smith.problems.splice(0);
  });

  it('R10 says that the message store is full, keeps the message, and sends it once there is room', async () => {
    const { page } = doe;
    let isFull = true;
    await page.routeWebSocket(/\/socket$/, (client) => {
      const upstream = client.connectToServer();
      client.onMessage((text) => {
        const { t, id, name } = JSON.parse(text.toString()) as { t: string; id: string; name?: string };
        if (!isFull || t !== 'command' || name !== 'conversation.post') upstream.send(text);
        else client.send(JSON.stringify({ t: 'outcome', id, ok: false, error: errorBody('store-full') }));
      });
    });
    await page.reload();
    await startChat(doe);
    await composer(page).fill('kept');
    await composer(page).press('Enter');
    await page.getByText('The message store is full.').waitFor();
    await page.getByText('Sending…').waitFor();
    isFull = false;
    await tab(smith.page, 'John Doe').click({ timeout: 20_000 });
    await shows(smith.page, ['kept']);
    await eventually('no more trouble', async () => (await page.getByText('The message store is full.').count()) === 0);
    await shows(page, ['kept']);
  });

  it('SEC-5 signing out leads to the sign-in page; a wrong password is said in words', async () => {
    const { page } = doe;
    await page
      .getByRole('button', { name: /John Doe/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('Login').fill('john.doe');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByRole('alert').innerText()).toMatch(/login|password/i);
  });

  it('S106 speaks French to a French browser', async () => {
    const marie = await openBrowser(browser, screens.address, { locale: 'fr-FR' });
    await marie.page.getByRole('button', { name: 'Se connecter' }).waitFor();
    expect(await marie.page.locator('html').getAttribute('lang')).toBe('fr');
    expect(marie.problems).toEqual([]);
    await marie.context.close();
  });

  it('at 320, 390, 700 and 1280 px, light and dark: nothing runs out sideways, and axe finds nothing', async () => {
    await startChat(doe);
    const { page } = doe;
    await composer(page).fill(`a long word: ${'x'.repeat(200)}`);
    await composer(page).press('Enter');
    await messages(page).first().waitFor();
    for (const look of looks()) {
      await takeOn(page, look);
      await expectClean(page, look);
    }
  });
});
