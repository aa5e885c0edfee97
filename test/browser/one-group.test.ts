import type { Browser, Page } from 'playwright-core';
import { describeInChromium } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import {
  choose,
  composer,
  join,
  leaveNow,
  linesOf,
  log,
  participants,
  picker,
  say,
  showsParticipants,
  tab,
} from '../support/group-screen.js';
import { GROUP, look, startGroup } from '../support/message-screen.js';
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

  it('S57 who leaves with something written is asked first, and may stay; the focus is where it was', async () => {
    const question = doe.getByRole('alertdialog', { name: 'Leave this group chat?' });
    await composer(doe).fill('not sent yet');
    await tab(doe, 'Budget').press('Delete');
    await question.getByText('not sent yet').waitFor();
    await look(doe, 'leave-question');
    await doe.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(await tab(doe, 'Budget').evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await composer(doe).inputValue()).toBe('not sent yet');
    await doe.getByRole('button', { name: 'Actions for this conversation' }).click();
    await doe.getByRole('menuitem', { name: 'Leave' }).click();
    await question.getByRole('button', { name: 'Leave' }).press('Enter');
    await doe.getByRole('button', { name: 'Undo' }).click();
    // Nothing written, nothing asked.
    await composer(doe).fill('');
    await tab(doe, 'Budget').press('Delete');
    await doe.getByRole('button', { name: 'Undo' }).click();
    await tab(doe, 'Budget').waitFor();
    expect(await question.count()).toBe(0);
  });

  it('S84 a group does not look like the private chat of the same name', async () => {
    await tab(doe, /^Budget\s*, Group chat/)
      .locator('svg.mark')
      .waitFor();
  });

  it('S54 the menu saves as text, too', async () => {
    await smith.getByRole('button', { name: 'Actions for this conversation' }).click();
    const [download] = await Promise.all([
      smith.waitForEvent('download'),
      smith.getByRole('menuitem', { name: 'Save as text' }).click(),
    ]);
    expect(download.suggestedFilename()).toContain('Budget');
  });

  describe('while no answer comes', () => {
    const sent: string[] = [];
    let isHeld = false;
    beforeAll(async () => {
      await smith.routeWebSocket(/socket/, (socket) => {
        const server = socket.connectToServer();
        server.onMessage((message) => {
          if (!isHeld) socket.send(message);
        });
        socket.onMessage((message) => {
          sent.push(String(message));
          server.send(message);
        });
      });
    });
    beforeEach(async () => {
      isHeld = false;
      await smith.reload();
      await composer(smith).waitFor();
      await log(smith).getByRole('article').first().waitFor();
    });

    it('S54 saving as text can be cancelled: nothing is saved', async () => {
      let downloads = 0;
      smith.on('download', () => downloads++);
      isHeld = true;
      await smith.getByRole('button', { name: 'Save as text' }).click();
      await smith.getByText('0 messages').waitFor();
      await smith.getByRole('button', { name: 'Cancel' }).click();
      await smith.getByRole('button', { name: 'Save as text' }).waitFor();
      isHeld = false;
      await smith.getByRole('button', { name: 'Save as text' }).click();
      await eventually('one file', () => downloads === 1);
    });

    it('S12 Enter while people are looked for starts nothing without the one who is being typed', async () => {
      await smith.getByRole('button', { name: 'New conversation' }).click();
      await choose(smith, 'Higgins');
      isHeld = true;
      await picker(smith).pressSequentially('mag');
      await picker(smith).press('Enter');
      expect(await picker(smith).inputValue()).toBe('mag');
      expect(sent.filter((frame) => frame.includes('conversation.start'))).toEqual([]);
    });
  });
});
