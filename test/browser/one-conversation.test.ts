import type { Browser } from 'playwright-core';
import { describeInChromium, openBrowser, type Person } from '../support/browser.js';
import { composer } from '../support/group-screen.js';
import { messages, shows, startChat } from '../support/message-screen.js';
import { looksRight, Screens } from '../support/screens.js';

import.meta.jest.setTimeout(60_000);
if (process.env['PARLEY_TEST_ENGINE'] === 'distributed') import.meta.jest.retryTimes(1, { logErrorsBeforeRetry: true });

// These need no conversation of their own: each goes on where the one before ended.
describeInChromium('one conversation of two people', (launch) => {
  let screens: Screens;
  let browser: Browser;
  let doe: Person;

  beforeAll(async () => {
    browser = await launch();
    screens = await Screens.open(browser, ['john.doe']);
    [doe] = screens.people as [Person];
    await startChat(doe);
  });
  afterAll(async () => {
    await screens.close();
    await browser.close();
  });

  it('S22 Enter that ends an input method’s word does not send', async () => {
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
    const people = doe.page.getByRole('complementary', { name: 'People' });
    await people.getByText('Not in list').waitFor();
    expect(await people.getByRole('button', { name: /^John Smith/ }).innerText()).toContain('Offline');
    expect(await people.getByText('Favorites').count()).toBe(0);
  });

  it('at 320, 390, 700 and 1280 px, light and dark: nothing runs out sideways, and axe finds nothing', async () => {
    const { page } = doe;
    await composer(page).fill(`a long word: ${'x'.repeat(200)}`);
    await composer(page).press('Enter');
    await messages(page).first().waitFor();
    await looksRight(page);
  });

  it('S106 speaks French to a French browser', async () => {
    const marie = await openBrowser(browser, screens.address, { locale: 'fr-FR' });
    await marie.page.getByRole('button', { name: 'Se connecter' }).waitFor();
    expect(await marie.page.locator('html').getAttribute('lang')).toBe('fr');
    expect(marie.problems).toEqual([]);
    await marie.context.close();
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
});
