import type { Browser, Page } from 'playwright-core';
import { describeInChromium } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import {
  composer,
  join,
  leaveNow,
  linesOf,
  log,
  participants,
  say,
  showsParticipants,
  tab,
} from '../support/group-screen.js';
import { GROUP, startGroup } from '../support/message-screen.js';
import { Screens } from '../support/screens.js';

import.meta.jest.setTimeout(90_000);
if (process.env['PARLEY_TEST_ENGINE'] === 'distributed') import.meta.jest.retryTimes(1, { logErrorsBeforeRetry: true });

// These need no group of their own: each goes on where the one before ended.
describeInChromium('one group of three people', (launch) => {
  let screens: Screens;
  let browser: Browser;
  let doe: Page;
  let smith: Page;
  let magnum: Page;

  beforeAll(async () => {
    browser = await launch();
    screens = await Screens.open(browser, GROUP);
    await startGroup(screens.people);
    [doe, smith, magnum] = screens.people.map(({ page }) => page) as [Page, Page, Page];
  });
  afterAll(async () => {
    await screens.close();
    await browser.close();
  });

  it('S84 a group is called after its participants, or as somebody names it; for everybody', async () => {
    await tab(doe, 'John Smith').waitFor();
    await doe.getByRole('button', { name: 'Actions for this conversation' }).click();
    await doe.getByRole('menuitem', { name: 'Name the group chat…' }).click();
    const field = doe.getByRole('textbox', { name: /^Name of the group chat/ });
    await eventually('the caret in the field', () => field.evaluate((one) => one === document.activeElement));
    await field.fill('x'.repeat(101));
    await doe.getByText('The name is too long.', { exact: false }).waitFor();
    expect(await doe.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    await field.fill('Budget');
    await field.press('Enter');
    await tab(doe, 'Budget').waitFor();
    await tab(smith, 'Budget').waitFor();
    expect(await tab(smith, 'Budget').getAttribute('title')).toBe('Budget – Group chat: John Doe');
    await eventually(
      'the notice',
      async () => (await linesOf(smith)).at(-1) === 'John Doe has named the group chat “Budget”',
    );
  });

  it('S104 everybody has a colour of their own, on their chip and their words, for everybody the same while they talk', async () => {
    await join(magnum);
    await showsParticipants(doe, ['John Doe', 'John Smith', 'Thomas Magnum']);
    for (const page of [doe, smith, magnum]) await say(page, 'hello');
    await eventually('three messages', async () => (await log(doe).getByRole('article').count()) === 3);
    const colours = async () => {
      const chips = doe.getByRole('list', { name: 'Participants' }).getByRole('listitem');
      const borders = await chips.evaluateAll((all) => all.map((chip) => getComputedStyle(chip).borderTopColor));
      const authors = await log(doe)
        .locator('.author')
        .evaluateAll((all) => all.map((author) => getComputedStyle(author).color));
      return { borders, authors };
    };
    const before = await colours();
    expect(new Set(before.borders).size).toBe(3);
    expect(before.authors).toEqual(before.borders);
    await leaveNow(magnum, 'Budget');
    await eventually('Magnum gone', async () => (await participants(doe)).length === 2);
    expect((await colours()).authors).toEqual(before.authors);
  });

  it('S60 a muted group does not call; a mention does', async () => {
    await composer(smith).click();
    await eventually('no number', async () => !/\d/.test(await tab(smith, 'Budget').innerText()));
    await smith.getByRole('button', { name: 'Actions for this conversation' }).click();
    await smith.getByRole('menuitemcheckbox', { name: 'Mute' }).click();
    await tab(smith, /muted/).waitFor();
    await smith.evaluate(() => {
      Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => false });
      window.dispatchEvent(new Event('blur'));
    });
    const normal = await smith.title();
    await say(doe, 'nothing urgent');
    await eventually('the number', async () => (await tab(smith, /^Budget/).innerText()).includes('1'));
    await smith.waitForTimeout(1_500);
    expect(await smith.title()).toBe(normal);
    await composer(doe).pressSequentially('look @john s');
    await doe.getByRole('option', { name: /John Smith/ }).waitFor();
    for (const key of ['ArrowDown', 'Enter', 'Enter']) await composer(doe).press(key);
    await eventually('the caption', async () => (await smith.title()).includes('Unread messages'));
    await tab(smith, /you are mentioned/).waitFor();
  });
});
