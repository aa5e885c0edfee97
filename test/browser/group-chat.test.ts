import type { Browser, Page } from 'playwright-core';
import { describeInChromium } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import {
  chatButton,
  choose,
  composer,
  invitation,
  inviteMore,
  join,
  linesOf,
  log,
  participants,
  picker,
  say,
  showsLines,
  showsParticipants,
  startWith,
  tab,
} from '../support/group-screen.js';
import { Cast, type Screens } from '../support/screens.js';

// A test has many steps, three browsers and a server to start.
import.meta.jest.setTimeout(90_000);
if (process.env['PARLEY_TEST_ENGINE'] === 'distributed') import.meta.jest.retryTimes(1, { logErrorsBeforeRetry: true });

const isActive = (page: Page): Promise<boolean> => composer(page).evaluate((field) => field === document.activeElement);

describeInChromium('three people, each at a browser', (launch) => {
  let cast: Cast;
  let screens: Screens;
  let browser: Browser;
  let doe: Page;
  let smith: Page;
  let magnum: Page;

  beforeAll(async () => {
    browser = await launch();
    cast = await Cast.gather(browser, ['john.doe', 'john.smith', 'thomas.magnum']);
  });
  afterAll(async () => {
    await cast.close();
    await browser.close();
  });
  beforeEach(async () => {
    screens = await cast.screens();
    [doe, smith, magnum] = screens.people.map(({ page }) => page) as [Page, Page, Page];
  });
  afterEach(() => cast.clear());

  it('S24 S25 S26 S27 S28 S29 S34 starts one group, opens it, and invites everybody chosen', async () => {
    await doe.getByRole('button', { name: 'New conversation' }).click();
    for (const name of ['Smith', 'Higgins', 'Peck', 'Magnum']) await choose(doe, name);
    // S25 by pointer, with its tooltip; and by keyboard.
    const remove = doe.getByRole('button', { name: 'Remove J.Q. Higgins from list' });
    expect(await remove.getAttribute('title')).toBe('Remove from list');
    await remove.click();
    await doe.getByRole('button', { name: 'Remove Templeton Peck from list' }).press('Enter');
    await doe.getByText('2 people: a group chat will be created.', { exact: false }).waitFor();
    // S26 a double click makes one group.
    await chatButton(doe).dblclick();
    await doe.getByRole('tab').waitFor();
    expect(await doe.getByRole('tab').getAttribute('aria-selected')).toBe('true');
    await eventually('the caret in the composer', () => isActive(doe));
    await showsLines(doe, [
      'You have invited John Smith',
      'You have invited Thomas Magnum',
      'John Doe has joined the group chat',
    ]);
    // S29 who is invited is not a participant.
    expect(await participants(doe)).toEqual(['John Doe']);
    const invited = doe.getByRole('list', { name: 'Invited people' }).getByRole('listitem');
    expect((await invited.locator('.name').allInnerTexts()).sort()).toEqual(['John Smith', 'Thomas Magnum']);
    // S34 each of them once, and nobody else.
    for (const page of [smith, magnum]) {
      await invitation(page).waitFor();
      expect(await invitation(page).count()).toBe(1);
      expect(await page.getByRole('tab').count()).toBe(0);
    }
    const higgins = await screens.signIn('jonathan.higgins');
    expect(await invitation(higgins.page).count()).toBe(0);
    expect(await doe.getByRole('tab').count()).toBe(1);
  });

  it('S36 S37 S38 S39 S41 S42 who joins sees nothing earlier, and everybody sees who came', async () => {
    await startWith(doe, ['Smith', 'Magnum']);
    await say(doe, 'before anybody came');
    // S36 what it says; it takes no focus.
    await invitation(smith).waitFor();
    const words = await invitation(smith).innerText();
    expect(words).toContain('John Doe has invited you to a group chat with Thomas Magnum');
    expect(words).toContain('You will see messages sent after you join.');
    expect(await invitation(smith).evaluate((card) => card.contains(document.activeElement))).toBe(false);
    await eventually('the announcement', async () =>
      (await smith.getByRole('status').allInnerTexts()).some((text) => text.includes('John Doe has invited you')),
    );
    // S37 the room is open, and one can write at once.
    await join(smith);
    expect(await smith.getByRole('tab').getAttribute('aria-selected')).toBe('true');
    await eventually('the caret in the composer', () => isActive(smith));
    await eventually('no card', async () => (await invitation(smith).count()) === 0);
    await smith.keyboard.type('hello all');
    await smith.keyboard.press('Enter');
    // S41 S42 nothing from before, not even after a reload.
    await showsLines(smith, ['John Smith has joined the group chat', 'hello all']);
    await smith.reload();
    await showsLines(smith, ['John Smith has joined the group chat', 'hello all']);
    expect(await smith.content()).not.toContain('before anybody came');
    // S38 S39
    const all = ['You have invited John Smith', 'You have invited Thomas Magnum', 'John Doe has joined the group chat'];
    await showsLines(doe, [...all, 'before anybody came', 'John Smith has joined the group chat', 'hello all']);
    await showsParticipants(doe, ['John Doe', 'John Smith']);
    await showsParticipants(smith, ['John Smith', 'John Doe']);
    await tab(doe, 'John Smith').waitFor();
  });

  it('S30 S31 S33 S35 S40 every participant invites, by the button left of them; who declined can be invited again', async () => {
    await startWith(doe, ['Smith', 'Magnum']);
    await invitation(magnum).getByRole('button', { name: 'Decline' }).click();
    await eventually('no card', async () => (await invitation(magnum).count()) === 0);
    // S40 only the inviter is told.
    await doe.getByText('· declined').waitFor();
    await join(smith);
    await say(smith, 'nobody declined anything here');
    await showsLines(smith, ['John Smith has joined the group chat', 'nobody declined anything here']);
    expect(await magnum.getByRole('tab').count()).toBe(0);
    // S30 the button comes first.
    const list = smith.getByRole('list', { name: 'Participants' });
    const follows = await inviteMore(smith).evaluate(
      (button, chips) => (button.compareDocumentPosition(chips as Node) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
      await list.elementHandle(),
    );
    expect(follows).toBe(true);
    const [left, right] = [await inviteMore(smith).boundingBox(), await list.boundingBox()];
    expect(left!.x + left!.width).toBeLessThanOrEqual(right!.x);
    expect(await inviteMore(smith).getAttribute('title')).toBe('Invite to group chat…');
    // S31 S35 by one who did not start it, and to that person only; who is there already is not offered.
    await inviteMore(smith).click();
    await picker(smith).pressSequentially('doe');
    await smith.getByText('No one found', { exact: false }).waitFor();
    await picker(smith).fill('');
    await choose(smith, 'Magnum');
    await smith.getByRole('button', { name: 'Invite', exact: true }).click();
    await smith.getByRole('dialog').waitFor({ state: 'detached' });
    await invitation(magnum).waitFor();
    expect(await invitation(magnum).innerText()).toContain('John Smith has invited you to a group chat with John Doe');
    expect(await invitation(doe).count()).toBe(0);
    // S33 withdrawn, it cannot be used.
    await smith.getByRole('button', { name: 'Withdraw the invitation of Thomas Magnum' }).click();
    await eventually('no card', async () => (await invitation(magnum).count()) === 0);
    const invited = smith.getByRole('list', { name: 'Invited people' });
    await eventually('nobody invited', async () => (await invited.count()) === 0);
  });

  it('S32 S41 from a private chat a new group is started, and nobody sees the private chat', async () => {
    await startWith(doe, ['Smith']);
    await say(doe, 'between the two of us');
    await inviteMore(doe).click();
    await doe.getByText('Messages of this private chat are not shared.', { exact: false }).waitFor();
    await doe.getByRole('button', { name: 'Remove John Smith from list' }).waitFor();
    await choose(doe, 'Magnum');
    await chatButton(doe).click();
    await eventually('two tabs', async () => (await doe.getByRole('tab').count()) === 2);
    await eventually('the new one', async () => (await linesOf(doe)).includes('You have invited Thomas Magnum'));
    await join(magnum);
    await showsLines(magnum, ['Thomas Magnum has joined the group chat']);
    await tab(doe, 'John Smith').click();
    await showsLines(doe, ['between the two of us']);
    expect(await participants(doe)).toEqual(['John Doe', 'John Smith']);
  });

  it('S43 S56 S57 the x on the tab leaves, unless it is undone; then nothing more is delivered', async () => {
    await startWith(doe, ['Smith', 'Magnum'], 'Budget');
    await join(smith);
    await say(doe, 'one');
    const close = smith.locator('[role=presentation]', { has: tab(smith, 'Budget') }).getByTitle('Close conversation');
    await smith.mouse.move(0, 0);
    await tab(smith, 'Budget').hover();
    expect(await close.evaluate((button) => getComputedStyle(button).opacity)).toBe('1');
    const [inner, outer] = [await close.boundingBox(), await tab(smith, 'Budget').boundingBox()];
    expect(inner!.x).toBeGreaterThan(outer!.x + outer!.width / 2);
    // Undone, nobody saw anything.
    await close.click();
    await smith.getByText('You left the group chat Budget.', { exact: false }).waitFor();
    await smith.getByRole('button', { name: 'Undo' }).click();
    await tab(smith, 'Budget').waitFor();
    expect(await linesOf(doe)).not.toContain('John Smith has left the group chat');
    // By key; and then the time to undo it passes.
    await tab(smith, 'Budget').press('Delete');
    await eventually('the notice', async () => (await linesOf(doe)).at(-1) === 'John Smith has left the group chat', {
      withinMs: 15_000,
    });
    await showsParticipants(doe, ['John Doe']);
    await say(doe, 'without Smith');
    await showsLines(doe, [...(await linesOf(doe)).slice(0, -1), 'without Smith']);
    expect(await smith.getByRole('tab').count()).toBe(0);
    await smith.reload();
    await smith.getByRole('button', { name: 'New conversation' }).waitFor();
    expect(await smith.getByRole('tab').count()).toBe(0);
    // S43 back again: the time without him stays dark, his own time does not.
    await inviteMore(doe).click();
    await choose(doe, 'Smith');
    await doe.getByRole('button', { name: 'Invite', exact: true }).click();
    await join(smith);
    await eventually(
      'the end of the transcript',
      async () => (await linesOf(smith)).at(-1)?.includes('John Smith has joined') ?? false,
    );
    expect(await linesOf(smith)).toContain('one');
    expect(await linesOf(smith)).not.toContain('without Smith');
  });

  it('S58 a window that is closed leaves only what was already closed in it', async () => {
    await startWith(doe, ['Smith', 'Magnum'], 'Kept');
    await join(smith);
    await startWith(doe, ['Smith', 'Magnum'], 'Closed');
    await join(smith);
    await showsParticipants(doe, ['John Doe', 'John Smith']);
    await tab(smith, 'Closed').press('Delete');
    await smith.close();
    await eventually('the notice', async () => (await linesOf(doe)).at(-1) === 'John Smith has left the group chat');
    await tab(doe, 'Kept').click();
    await showsParticipants(doe, ['John Doe', 'John Smith']);
    expect(await linesOf(doe)).not.toContain('John Smith has left the group chat');
  });

  it('S59 S65 S66 the group, its history and its numbers are there again, after a reload and after a restart', async () => {
    await startWith(doe, ['Smith', 'Magnum'], 'Budget');
    await join(smith);
    await say(smith, 'from Smith');
    await showsParticipants(doe, ['John Doe', 'John Smith']);
    await smith.context().pages()[0]!.goto('about:blank');
    for (const text of ['one', 'two', 'three']) await say(doe, text);
    const lines = ['John Smith has joined the group chat', 'from Smith', 'one', 'two', 'three'];
    await smith.goto(screens.address);
    await showsLines(smith, lines);
    // S65 three of others; neither one's own nor the notices count.
    expect(await tab(smith, /^Budget/).innerText()).toMatch(/3/);
    await screens.killServer();
    await screens.startServer();
    await smith.reload();
    await showsLines(smith, lines);
    expect(await tab(smith, /^Budget/).innerText()).toMatch(/3/);
    await composer(smith).click();
    await eventually('no number', async () => !/3/.test(await tab(smith, /^Budget/).innerText()));
    for (const { problems } of screens.people) problems.splice(0); // the broken connection is said on the console
  });

  it('S82 S83 S84 S85 S86 S105 one group and two private chats at once, each with its own words', async () => {
    await startWith(doe, ['Smith', 'Magnum'], 'Everybody');
    await join(smith);
    await join(magnum);
    await startWith(doe, ['Smith']);
    await startWith(doe, ['Magnum']);
    const names = ['Everybody', 'John Smith', 'Thomas Magnum'];
    await eventually('three tabs', async () => {
      const found = await doe.getByRole('tab').locator('.name').allInnerTexts();
      return JSON.stringify(found) === JSON.stringify(names);
    });
    // S82 drafts stay with their conversation, and so does what is said.
    for (const name of names) {
      await tab(doe, name).click();
      await say(doe, `to ${name}`);
      await composer(doe).fill(`draft for ${name}`);
    }
    for (const name of names) {
      await tab(doe, name).click();
      expect(await composer(doe).inputValue()).toBe(`draft for ${name}`);
      await eventually(`the words to ${name}`, async () => (await linesOf(doe)).at(-1) === `to ${name}`);
    }
    expect(await tab(doe, 'Thomas Magnum').getAttribute('aria-selected')).toBe('true');
    // S85 the people of the private chats are in the roster, not those of the group; S86 a row opens its chat.
    const roster = doe.getByRole('complementary', { name: 'People' });
    await roster.getByRole('heading', { name: 'Not in list' }).waitFor();
    expect(await roster.getByRole('listitem').locator('.name').allInnerTexts()).toEqual([
      'John Smith',
      'Thomas Magnum',
    ]);
    await roster.getByRole('button', { name: /^John Smith/ }).click();
    expect(await tab(doe, 'John Smith').getAttribute('aria-selected')).toBe('true');
    expect(await doe.getByRole('tab').count()).toBe(3);
    // S83 in the same window, beside what is open.
    await eventually('two tabs', async () => (await smith.getByRole('tab').count()) === 2);
    expect(smith.context().pages()).toHaveLength(1);
    // S105
    const main = doe.getByRole('main', { name: '' });
    const places = await Promise.all([
      roster.getByRole('button', { name: 'New conversation' }).boundingBox(),
      roster.getByRole('heading', { name: 'Not in list' }).boundingBox(),
      main.getByRole('tablist').boundingBox(),
      main.getByRole('list', { name: 'Participants' }).boundingBox(),
      log(doe).boundingBox(),
      composer(doe).boundingBox(),
    ]);
    const [button, heading, ...right] = places.map((box) => box!);
    expect(button!.y).toBeLessThan(heading!.y);
    expect(right.map(({ y }) => y)).toEqual(right.map(({ y }) => y).sort((a, b) => a - b));
    for (const { x } of right) expect(x).toBeGreaterThanOrEqual(button!.x + button!.width);
  });
});
