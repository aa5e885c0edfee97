import type { Browser, Locator, Page } from 'playwright-core';
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
  openMenu,
  openPeople,
  ownStatus,
  question,
  requestOf,
  row,
  shows,
  star,
  write,
} from '../support/people-screen.js';
import { expectClean, looks, takeOn } from '../support/screens.js';

// One server for all of it: each test goes on where the one before ended.
import.meta.jest.setTimeout(looks().length > 4 ? 600_000 : 60_000);

/** Where to put pictures of all of it, for somebody who looks. */
const PICTURES = process.env['PARLEY_TEST_PICTURES'];

const OPEN = '[role="menu"], [role="dialog"], [role="alertdialog"]';

const dotOf = (of: Locator): Promise<string> =>
  of
    .locator('svg.presence .disc')
    .first()
    .evaluate((disc) => getComputedStyle(disc).fill);
const menuWords = async (page: Page): Promise<string[]> => {
  const texts = await page.locator('[role="menuitemradio"], [role="menuitem"]').allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' '));
};

describeInChromium('what people show of themselves', (launch) => {
  let browser: Browser;
  let people: Awaited<ReturnType<typeof openPeople>>;
  let doe: Page;
  let smith: Page;

  beforeAll(async () => {
    browser = await launch();
    people = await openPeople(browser, { PARLEY_LIMIT_IDLE_MS: '8000', PARLEY_LIMIT_PRESENCE_GRACE_MS: '8000' });
    [doe, smith] = (await Promise.all(['john.doe', 'john.smith'].map(people.signIn))).map(({ page }) => page) as [
      Page,
      Page,
    ];
    await startWith(smith, ['Doe']);
    await star(chip(smith, 'John Doe'), 'John Doe').click();
    await requestOf(doe, 'John Smith').getByRole('button', { name: 'Accept' }).click();
    await row(doe, 'John Smith').waitFor();
    await say(smith, 'hello');
  });
  afterAll(async () => {
    await people.close();
    await browser.close();
  });

  it('S87 S88 S92 S93 S96 the menu has three statuses, each with a message of one’s own; the other sees it live', async () => {
    await openMenu(doe);
    expect(await menuWords(doe)).toEqual([
      'Available',
      'Custom message… (Available)',
      'Busy',
      'Custom message… (Busy)',
      'Away',
      'Custom message… (Away)',
    ]);
    expect(await doe.getByRole('menuitemradio', { name: 'Available' }).getAttribute('aria-checked')).toBe('true');
    // By keyboard alone: Away is the fifth.
    await doe.keyboard.press('Escape');
    await ownStatus(doe).focus();
    await doe.keyboard.press('Enter');
    for (let step = 0; step < 4; step++) await doe.keyboard.press('ArrowDown');
    await doe.keyboard.press('Enter');
    await shows(list(doe), 'away: Away');
    await shows(row(smith, 'John Doe'), 'away: Away');
    expect(await dotOf(row(smith, 'John Doe'))).toBe('rgb(168, 98, 0)');
    await choose(doe, 'Busy');
    await shows(row(smith, 'John Doe'), 'busy: Busy');
    expect(await dotOf(row(smith, 'John Doe'))).toBe('rgb(198, 40, 40)');
  });

  it('S94 S95 words of one’s own stand beside the dot of the status, here and there; Cancel and no words change nothing', async () => {
    let dialog = await write(doe, 'Away');
    await dialog.getByRole('textbox', { name: 'Message' }).fill('not this');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await ownStatus(doe).evaluate((button) => button === document.activeElement)).toBe(true);
    await shows(list(doe), 'busy: Busy');
    dialog = await write(doe, 'Away');
    await dialog.getByRole('textbox', { name: 'Message' }).fill("<b>I'm out of office</b>");
    await dialog.getByRole('button', { name: 'Set' }).click();
    await shows(list(doe), "away: <b>I'm out of office</b>");
    await shows(row(smith, 'John Doe'), "away: <b>I'm out of office</b>");
    // The same is offered again; too long is said; none is the name of the status.
    dialog = await write(doe, 'Busy');
    const field = dialog.getByRole('textbox', { name: 'Message' });
    await field.fill('x'.repeat(85));
    await dialog.getByText('15 characters left').waitFor();
    await field.fill('x'.repeat(101));
    await dialog.getByText('The message is too long. At most 100 characters.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Set' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: "<b>I'm out of office</b>" }).click();
    expect(await field.inputValue()).toBe("<b>I'm out of office</b>");
    await field.fill('  ');
    await dialog.getByRole('button', { name: 'Set' }).click();
    await shows(row(smith, 'John Doe'), 'busy: Busy');
  });

  it('S94 a status ends when it was said to, for the other in words; clearing brings back the one before', async () => {
    const dialog = await write(doe, 'Away');
    await dialog.getByRole('textbox', { name: 'Message' }).fill('Lunch');
    await dialog.getByRole('combobox', { name: 'Clear after' }).selectOption({ label: 'Choose…' });
    await dialog.getByLabel('Date and time').fill('2020-01-01T12:00');
    await dialog.getByRole('button', { name: 'Set' }).click();
    await dialog.getByText('Choose a moment to come.').waitFor();
    await dialog.getByRole('combobox', { name: 'Clear after' }).selectOption({ label: '4 hours' });
    await dialog.getByRole('button', { name: 'Set' }).click();
    await eventually('the end in words', async () => /Lunch · until /.test(await row(smith, 'John Doe').innerText()));
    await openMenu(doe);
    expect(await doe.getByRole('menu').innerText()).toMatch(/Away until .*, set by you on your computer/);
    await doe.getByRole('menuitem', { name: 'Clear: back to Busy' }).click();
    await shows(row(smith, 'John Doe'), 'busy: Busy');
  });

  it('S96 the colours of the original can be chosen; shapes stay', async () => {
    await smith.getByRole('button', { name: /^Account of / }).click();
    await smith.getByRole('menuitemradio', { name: 'Busy orange, away red' }).click();
    expect(await dotOf(row(smith, 'John Doe'))).toBe('rgb(168, 98, 0)');
    await smith.reload();
    await shows(row(smith, 'John Doe'), 'busy: Busy');
    expect(await dotOf(row(smith, 'John Doe'))).toBe('rgb(168, 98, 0)');
    await choose(doe, 'Away');
    await shows(row(smith, 'John Doe'), 'away: Away');
    expect(await dotOf(row(smith, 'John Doe'))).toBe('rgb(198, 40, 40)');
  });

  it('S97 S98 a reload shows nothing of itself, another device shows the same, and with none left one is offline', async () => {
    await choose(doe, 'Busy');
    await shows(row(smith, 'John Doe'), 'busy: Busy');
    await row(smith, 'John Doe').evaluate((element) => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => seen.push((element as HTMLElement).innerText)).observe(element, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
    });
    await doe.reload();
    await shows(list(doe), 'busy: Busy');
    const other = await people.signIn('john.doe');
    await shows(list(other.page), 'busy: Busy');
    await choose(other.page, 'Away');
    await shows(list(doe), 'away: Away');
    await shows(row(smith, 'John Doe'), 'away: Away');
    const seen = await smith.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(seen.filter((text) => text.includes('Offline'))).toEqual([]);
    const url = doe.url();
    await other.page.close();
    await doe.goto('about:blank');
    await shows(row(smith, 'John Doe'), 'offline: Offline', 20_000);
    await doe.goto(url);
    await shows(row(smith, 'John Doe'), 'away: Away');
  });

  it('S91 who is busy gets messages counted, and is not called', async () => {
    await choose(doe, 'Busy');
    await shows(list(doe), 'busy: Busy');
    await look(doe, false);
    await say(smith, 'are you there?');
    await tab(doe, /unread message/).waitFor();
    expect(await doe.title()).toBe('Parley');
    expect((await doe.getByRole('status').allInnerTexts()).join()).not.toContain('are you there?');
    await choose(doe, 'Available');
    await eventually('the call', async () => (await doe.title()) === 'Unread messages');
    await look(doe, true);
  });

  it('S90 S92 who does nothing for a while is away, until they do something', async () => {
    await choose(doe, 'Available');
    await shows(row(smith, 'John Doe'), 'available: Available');
    await shows(row(smith, 'John Doe'), 'away: Away', 20_000);
    await doe.mouse.move(400, 400);
    await shows(row(smith, 'John Doe'), 'available: Available');
  });

  it('hours in which one is not disturbed show one as busy, and say why', async () => {
    await openAccount(doe, 'Working hours…');
    const dialog = dialogOf(doe, 'Working hours');
    await dialog.getByRole('button', { name: 'Add a time' }).click();
    for (const day of ['Sat', 'Sun']) await dialog.getByRole('checkbox', { name: day }).check();
    await dialog.getByLabel('From').fill('00:00');
    await dialog.getByLabel('To').fill('00:00');
    await dialog.getByText('Ends on the next day.').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await eventually('busy there', async () => (await row(smith, 'John Doe').innerText()).includes('Busy'));
    await openMenu(doe);
    await doe.getByText('Busy: do not disturb 00:00–00:00').waitFor();
    await doe.keyboard.press('Escape');
  });

  it('S95 S105 S106 all of it looks right at every width, light and dark, from either side', async () => {
    const screens: Readonly<Record<string, (page: Page) => Promise<() => Promise<void>>>> = {
      roster: () => Promise.resolve(() => Promise.resolve()),
      status: async (page) => {
        await openMenu(page);
        return () => page.keyboard.press('Escape');
      },
      message: async (page) => {
        const dialog = await write(page, 'Away');
        await dialog.getByRole('combobox', { name: 'Clear after' }).selectOption({ label: 'Choose…' });
        await dialog.getByRole('textbox', { name: 'Message' }).fill('x'.repeat(101));
        return () => page.keyboard.press('Escape');
      },
      account: async (page) => {
        await page.getByRole('button', { name: /^Account of / }).click();
        return () => page.keyboard.press('Escape');
      },
      hours: async (page) => {
        await openAccount(page, 'Working hours…');
        await dialogOf(page, 'Working hours').getByRole('checkbox', { name: 'I have working hours' }).check();
        return () => page.keyboard.press('Escape');
      },
      watchers: async (page) => {
        await openAccount(page, 'Who sees my status…');
        return () => page.keyboard.press('Escape');
      },
      profile: async (page) => {
        await row(page, 'John Smith').getByRole('button', { name: 'Profile of John Smith' }).click();
        await page
          .getByRole('dialog', { name: 'John Smith' })
          .getByRole('button', { name: 'Chat', exact: true })
          .waitFor();
        return () => page.keyboard.press('Escape');
      },
      removing: async (page) => {
        await star(row(page, 'John Smith'), 'John Smith').click();
        return () => question(page).getByRole('button', { name: 'Cancel' }).click();
      },
    };
    // A card and somebody who has not answered are there as well.
    const { page: magnum } = await people.signIn('thomas.magnum');
    await startWith(magnum, ['Doe']);
    await star(chip(magnum, 'John Doe'), 'John Doe').click();
    await startWith(doe, ['Murdock']);
    await star(chip(doe, 'H.M. Murdock'), 'H.M. Murdock').click();
    await requestOf(doe, 'Thomas Magnum').waitFor();
    // Each screen in one of the four looks, by turns; in all of them when all are asked for.
    const all = looks();
    for (const [step, [name, open]] of Object.entries(screens).entries()) {
      for (const one of all.length > 4 ? all : [all[step % all.length]!]) {
        await takeOn(doe, one);
        const back = doe.getByRole('button', { name: 'Back to conversations' });
        if (await back.isVisible()) await back.click();
        const close = await open(doe);
        if (PICTURES !== undefined)
          await doe.screenshot({ path: `${PICTURES}/people-${name}-${Object.values(one).join('-')}.png` });
        await expectClean(doe, { ...one, name });
        await close();
        await eventually('closed', async () => (await doe.locator(OPEN).count()) === 0);
      }
    }
  });
});
