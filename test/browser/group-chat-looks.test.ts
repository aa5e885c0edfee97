import type { Browser, Page } from 'playwright-core';
import { describeInChromium } from '../support/browser.js';
import { choose, composer, invitation, inviteMore, join, log, say, startWith, tab } from '../support/group-screen.js';
import { looks, looksRight as looksRightIn, Screens, takeOn, type Look } from '../support/screens.js';

// With `PARLEY_TEST_LOOKS=all` sixteen looks at each screen.
import.meta.jest.setTimeout(120_000);
if (process.env['PARLEY_TEST_ENGINE'] === 'distributed') import.meta.jest.retryTimes(1, { logErrorsBeforeRetry: true });

/** Where to put pictures of all of it, for somebody who looks. */
const PICTURES = process.env['PARLEY_TEST_PICTURES'];

const pictureOf =
  (page: Page, name: string) =>
  async (look: Look): Promise<void> => {
    if (PICTURES !== undefined)
      await page.screenshot({ path: `${PICTURES}/${name}-${Object.values(look).join('-')}.png` });
  };
/** At every width, light and dark, from either side. */
const looksRight = (page: Page, name: string): Promise<void> => looksRightIn(page, { seen: pictureOf(page, name) });

describeInChromium('the screens of groups', (launch) => {
  let screens: Screens;
  let browser: Browser;
  let doe: Page;
  let smith: Page;
  let magnum: Page;

  beforeAll(async () => {
    browser = await launch();
    screens = await Screens.open(browser, ['john.doe', 'john.smith', 'thomas.magnum']);
    [doe, smith, magnum] = screens.people.map(({ page }) => page) as [Page, Page, Page];
    await startWith(doe, ['Smith', 'Magnum', 'Higgins', 'Murdock', 'Peck']);
    await join(smith);
    await say(smith, `a long word: ${'x'.repeat(200)}`);
    await say(doe, 'and a short one');
    await log(doe).getByText('and a short one').waitFor();
  });
  afterAll(async () => {
    await screens.close();
    await browser.close();
  });

  it('an invitation', async () => {
    await invitation(magnum).waitFor();
    await looksRight(magnum, 'invitation');
  });

  it('S105 a group, with those who are invited, one who declined, and a number of unread messages', async () => {
    await invitation(magnum).getByRole('button', { name: 'Decline' }).click();
    await doe.getByText('· declined').waitFor();
    await composer(doe).blur();
    await say(smith, 'not read yet');
    await tab(doe, /1 unread message/).waitFor();
    await looksRight(doe, 'group');
  });

  it('inviting to a group', async () => {
    await inviteMore(doe).click();
    await choose(doe, 'Prades');
    await looksRight(doe, 'inviting');
    await doe.getByRole('button', { name: 'Cancel' }).click();
  });

  it('a new conversation of several', async () => {
    await doe.setViewportSize({ width: 390, height: 700 });
    await doe.getByRole('button', { name: 'Back to conversations' }).click();
    await doe.getByRole('button', { name: 'New conversation' }).click();
    await choose(doe, 'Smith');
    await choose(doe, 'Magnum');
    await doe.getByRole('textbox', { name: /^Name of the group chat/ }).fill('x'.repeat(101));
    await looksRight(doe, 'new');
    await doe.getByRole('button', { name: 'Cancel' }).click();
  });

  it('naming a group', async () => {
    await doe.setViewportSize({ width: 1_280, height: 700 });
    await doe.getByRole('button', { name: 'Actions for this conversation' }).click();
    await doe.getByRole('menuitem', { name: 'Name the group chat…' }).click();
    await looksRight(doe, 'naming');
  });

  it('all participants, where there is room for three', async () => {
    for (const login of ['jonathan.higgins', 'hm.murdock', 'templeton.peck']) await screens.joinAll(login);
    await smith.setViewportSize({ width: 390, height: 700 });
    await smith.getByRole('button', { name: 'Show all 5 participants' }).click();
    await smith.getByRole('list', { name: '5 participants' }).waitFor();
    await looksRightIn(smith, {
      at: looks().filter(({ width }) => width < 640),
      seen: pictureOf(smith, 'participants'),
    });
    await smith.getByRole('button', { name: 'Close', exact: true }).click();
  });

  it('S57 the bar that undoes leaving', async () => {
    // It stays for some seconds: each look has one of its own.
    for (const look of looks()) {
      await takeOn(smith, look);
      await smith.getByRole('button', { name: 'Close conversation' }).last().click();
      await smith.getByText('You left the group chat', { exact: false }).waitFor();
      await looksRightIn(smith, { at: [look], seen: pictureOf(smith, 'undo') });
      await smith.getByRole('button', { name: 'Undo' }).click();
      await composer(smith).waitFor();
    }
  });
});
