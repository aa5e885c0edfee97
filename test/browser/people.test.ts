import type { Browser, Page } from 'playwright-core';
import { describeInChromium } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { say, startWith, tab } from '../support/group-screen.js';
import {
  chip,
  choose,
  dialogOf,
  list,
  look,
  openAccount,
  openPeople,
  ownStatus,
  question,
  requestOf,
  row,
  section,
  shows,
  star,
} from '../support/people-screen.js';

// One server for all of it: each test goes on where the one before ended.
import.meta.jest.setTimeout(60_000);

const spoken = async (page: Page): Promise<string> => (await page.getByRole('status').allInnerTexts()).join('\n');
const opacityOf = (page: Page, name: string): Promise<string> =>
  star(row(page, name), name).evaluate((button) => getComputedStyle(button.parentElement!).opacity);

describeInChromium('favorites of three people, each at a browser', (launch) => {
  let browser: Browser;
  let people: Awaited<ReturnType<typeof openPeople>>;
  let doe: Page;
  let smith: Page;

  beforeAll(async () => {
    browser = await launch();
    people = await openPeople(browser, { PARLEY_LIMIT_RESEND_MS: '1500' });
    [doe, smith] = (await Promise.all(['john.doe', 'john.smith'].map(people.signIn))).map(({ page }) => page) as [
      Page,
      Page,
    ];
  });
  afterAll(async () => {
    await people.close();
    await browser.close();
  });

  it('S7 S88 S89 somebody new sees their own name and status, an empty list and an empty conversation area', async () => {
    await list(doe).getByText('John Doe').waitFor();
    expect(await ownStatus(doe).innerText()).toBe('Available');
    await shows(list(doe), 'available: Available');
    await list(doe).getByRole('button', { name: 'New conversation' }).waitFor();
    expect(await list(doe).getByRole('listitem').count()).toBe(0);
    await doe.getByRole('heading', { name: 'No conversation open' }).waitFor();
    expect(await doe.getByRole('tab').count()).toBe(0);
    // S88 the arrow is to the right of the status, and both are below the name.
    const [name, words, arrow] = await Promise.all([
      list(doe).getByText('John Doe').boundingBox(),
      ownStatus(doe).locator('.words').boundingBox(),
      ownStatus(doe).locator('svg').last().boundingBox(),
    ]);
    expect(words!.y).toBeGreaterThanOrEqual(name!.y + name!.height);
    expect(arrow!.x).toBeGreaterThanOrEqual(words!.x + words!.width);
  });

  it('S13 S14 S15 S16 S17 S72 S74 the star asks once; until they accept one sees nothing of them', async () => {
    await startWith(doe, ['Smith']);
    await shows(section(doe, 'Not in list').getByRole('listitem'), 'unknown: Offline');
    // S72 it shows when one points at the row, and when the keyboard is in it.
    await doe.mouse.move(900, 600);
    expect(await opacityOf(doe, 'John Smith')).toBe('0');
    await row(doe, 'John Smith').hover();
    expect(await opacityOf(doe, 'John Smith')).toBe('1');
    await doe.mouse.move(900, 600);
    await row(doe, 'John Smith')
      .getByRole('button', { name: /^John Smith/ })
      .focus();
    expect(await opacityOf(doe, 'John Smith')).toBe('1');
    const add = star(row(doe, 'John Smith'), 'John Smith');
    expect([await add.getAttribute('title'), await add.getAttribute('aria-pressed')]).toEqual([
      'Add John Smith to favorites',
      'false',
    ]);
    await smith.getByRole('button', { name: 'New conversation' }).focus();
    await add.dblclick();
    // S74 one card, that takes no focus and is announced.
    await requestOf(smith, 'John Doe').waitFor();
    expect(await requestOf(smith, 'John Doe').innerText()).toContain(
      'John Doe wants to add you to their favorites and see when you are available.',
    );
    await eventually('the announcement', async () => (await spoken(smith)).includes('John Doe wants to add you'));
    expect(await smith.evaluate(() => document.activeElement?.textContent)).toBe('New conversation');
    // S80 the second click of the double click asked; S16 and nothing of the status came by the first.
    if ((await question(doe).count()) > 0) await question(doe).getByRole('button', { name: 'Cancel' }).click();
    await shows(section(doe, 'Favorites').getByRole('listitem'), 'unknown: Offline');
    // The row went to the other section, and the focus went along.
    await eventually('the focus at the star', () =>
      star(row(doe, 'John Smith'), 'John Smith').evaluate((button) => button === document.activeElement),
    );
    await row(doe, 'John Smith').getByRole('button', { name: 'Resend a subscription request to John Smith' }).waitFor();
    expect(await smith.getByRole('article').count()).toBe(1);
    expect(await section(doe, 'Not in list').count()).toBe(0);
  });

  it('S73 S75 S78 who accepts is seen at once, and sees in return without another question', async () => {
    const too = requestOf(smith, 'John Doe').getByRole('checkbox', { name: 'Add John Doe to my favorites too' });
    expect(await too.isChecked()).toBe(true);
    await requestOf(smith, 'John Doe').getByRole('button', { name: 'Accept' }).click();
    await shows(section(doe, 'Favorites').getByRole('listitem'), 'available: Available');
    await shows(section(smith, 'Favorites').getByRole('listitem'), 'available: Available');
    expect(await doe.getByRole('article').count()).toBe(0);
    await eventually('no card', async () => (await smith.getByRole('article').count()) === 0);
    // S79 filled at the top of the chat as well, and none for oneself.
    expect(await star(chip(doe, 'John Smith'), 'John Smith').getAttribute('aria-pressed')).toBe('true');
    expect(await star(chip(doe, 'John Doe'), 'John Doe').count()).toBe(0);
    await choose(smith, 'Away');
    await shows(row(doe, 'John Smith'), 'away: Away');
  });

  it('S76 they are there after a reload', async () => {
    await doe.reload();
    await shows(row(doe, 'John Smith'), 'away: Away');
    await choose(smith, 'Available');
    await shows(row(doe, 'John Smith'), 'available: Available');
  });

  it('S74 S77 somebody who is not there gets the request with their next sign-in; who declines can be asked again', async () => {
    await startWith(doe, ['Peck']);
    await star(chip(doe, 'Templeton Peck'), 'Templeton Peck').click();
    await shows(row(doe, 'Templeton Peck'), 'unknown: Offline');
    const { page: peck } = await people.signIn('templeton.peck');
    await requestOf(peck, 'John Doe').getByRole('button', { name: 'Decline' }).click();
    await eventually('no card', async () => (await peck.getByRole('article').count()) === 0);
    await shows(row(doe, 'Templeton Peck'), 'unknown: Offline');
    const resend = row(doe, 'Templeton Peck').getByRole('button', { name: /^Resend a subscription request/ });
    await eventually('the request again', async () => {
      await resend.click();
      return (await spoken(doe)).includes('Request sent again to Templeton Peck.');
    });
    // Once more at once is too soon, and that is said.
    await resend.click();
    await doe.getByText('You asked this person a moment ago.', { exact: false }).waitFor();
    await requestOf(peck, 'John Doe').waitFor();
    expect(await peck.getByRole('article').count()).toBe(1);
    await requestOf(peck, 'John Doe').getByRole('button', { name: 'Accept' }).click();
    await shows(row(doe, 'Templeton Peck'), 'available: Available');
    await shows(row(peck, 'John Doe'), 'available: Available');
    // S81 nothing was said, so that Peck has no chat to fall back to.
    await star(row(peck, 'John Doe'), 'John Doe').click();
    await question(peck).getByRole('button', { name: 'Remove' }).click();
    await eventually('no row', async () => (await list(peck).getByRole('listitem').count()) === 0);
    await eventually('the focus where one begins', () =>
      peck.evaluate(() => document.activeElement?.textContent.trim() === 'New conversation'),
    );
  });

  it('S79 S80 S81 removing asks; who is removed is not in the list, and shows nothing more', async () => {
    await row(doe, 'John Smith')
      .getByRole('button', { name: /^John Smith/ })
      .click();
    // In the roster: Cancel changes nothing.
    await star(row(doe, 'John Smith'), 'John Smith').click();
    await question(doe).getByText('Remove John Smith from favorites?').waitFor();
    await question(doe).getByText('You will no longer see their status.').waitFor();
    await question(doe).getByRole('button', { name: 'Cancel' }).click();
    await question(doe).waitFor({ state: 'detached' });
    await shows(row(doe, 'John Smith'), 'available: Available');
    expect(await doe.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Remove John Smith from favorites',
    );
    // At the top of the chat: it is done.
    await star(chip(doe, 'John Smith'), 'John Smith').click();
    await question(doe).getByRole('button', { name: 'Remove' }).click();
    await shows(section(doe, 'Not in list').getByRole('listitem'), 'unknown: Offline');
    expect(await star(chip(doe, 'John Smith'), 'John Smith').getAttribute('aria-pressed')).toBe('false');
    await choose(smith, 'Busy');
    await row(smith, 'John Doe')
      .getByRole('button', { name: /^John Doe/ })
      .click();
    await say(smith, 'do you see me?');
    await row(doe, 'John Smith').getByText('1', { exact: true }).or(doe.getByText('do you see me?')).first().waitFor();
    await shows(section(doe, 'Not in list').getByRole('listitem'), 'unknown: Offline');
    // The other direction stays as it was.
    await shows(row(smith, 'John Doe'), 'available: Available');
  });

  it('the mini profile says who somebody is, from their row, their chip and their messages', async () => {
    const profile = dialogOf(doe, 'John Smith');
    const openers = [
      row(doe, 'John Smith').getByRole('button', { name: 'Profile of John Smith' }),
      chip(doe, 'John Smith').getByRole('button', { name: /John Smith$/ }),
      doe.getByRole('log').getByRole('button', { name: 'John Smith', exact: true }).first(),
    ];
    for (const opener of openers) {
      await opener.click();
      await profile.waitFor();
      // S16 somebody who is no favorite shows nothing here either.
      expect(await profile.innerText()).toContain('You see their status once they are among your favorites');
      await doe.keyboard.press('Escape');
      await profile.waitFor({ state: 'detached' });
      expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
    }
    // A second click closes it as well, and the star in it is the same star.
    await openers[1]!.click();
    await star(profile, 'John Smith').waitFor();
    await openers[1]!.click();
    await profile.waitFor({ state: 'detached' });
    await openers[1]!.press('Enter');
    await profile.getByRole('button', { name: 'Chat', exact: true }).click();
    await profile.waitFor({ state: 'detached' });
    expect(await tab(doe, 'John Smith').getAttribute('aria-selected')).toBe('true');
  });

  it('S86 a favorite without a chat opens one; who watches can be taken off, and is shown offline', async () => {
    const { page: magnum } = await people.signIn('thomas.magnum');
    await startWith(magnum, ['Doe']);
    await look(doe, false);
    await star(chip(magnum, 'John Doe'), 'John Doe').click();
    // S3 a request calls as a message does, in words of its own.
    await eventually('the call', async () => (await doe.title()) === 'New request');
    await look(doe, true);
    await eventually('rest', async () => (await doe.title()) === 'Parley');
    await requestOf(doe, 'Thomas Magnum').getByRole('button', { name: 'Accept' }).click();
    await shows(row(doe, 'Thomas Magnum'), 'available: Available');
    expect(await tab(doe, 'Thomas Magnum').count()).toBe(0);
    await row(doe, 'Thomas Magnum')
      .getByRole('button', { name: /^Thomas Magnum/ })
      .click();
    await tab(doe, 'Thomas Magnum').waitFor();
    expect(await tab(doe, 'Thomas Magnum').getAttribute('aria-selected')).toBe('true');
    await openAccount(doe, 'Who sees my status…');
    const watchers = dialogOf(doe, 'Who sees my status');
    expect((await watchers.getByRole('listitem').locator('.name').allInnerTexts()).sort()).toEqual([
      'John Smith',
      'Thomas Magnum',
    ]);
    await watchers.getByRole('button', { name: 'Revoke: Thomas Magnum no longer sees my status' }).click();
    await question(doe).getByRole('button', { name: 'Revoke' }).click();
    await shows(row(magnum, 'John Doe'), 'offline: Offline');
    await eventually('one watcher', async () => (await watchers.getByRole('listitem').count()) === 1);
    await watchers.getByRole('button', { name: 'Close' }).click();
    await watchers.waitFor({ state: 'detached' });
    // Nothing says that it was taken away: it is what somebody looks like who went.
    expect(
      await row(magnum, 'John Doe')
        .getByRole('button', { name: /^Resend/ })
        .count(),
    ).toBe(0);
    await shows(row(doe, 'Thomas Magnum'), 'available: Available');
  });
});
