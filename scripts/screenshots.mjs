/**
 * Takes the pictures of docs/images: starts the built server on a free port with a data folder of its own, lets two demo people talk, and looks at
 * it in an installed Chromium (PARLEY_CHROMIUM, or /usr/bin/chromium).
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const images = process.argv[2] ?? join(root, 'docs/images');
const PASSWORD = 'parley-demo';
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const startServer = async () => {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'parley-screenshots-'));
  const server = spawn(process.execPath, [join(root, 'dist/program/main.js')], {
    cwd: folder,
    env: { ...process.env, PARLEY_PORT: String(port), PARLEY_DATA_DIR: join(folder, 'data') },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://localhost:${port}`;
  for (let tries = 0; ; tries++) {
    if (
      await fetch(`${url}/api/session`).then(
        () => true,
        () => false,
      )
    )
      break;
    if (tries > 150) throw new Error('the server does not answer');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const stop = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  return { url, stop };
};

/** Without motion no colour is caught half-way between two themes. */
const signIn = async (browser, url, login, options = {}) => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 760 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'New conversation' }).waitFor();
  return page;
};

const startChat = async (page, letters, name) => {
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByRole('combobox', { name: 'Chat with…' }).fill(letters);
  await page.getByRole('option', { name }).click();
  await page.getByRole('button', { name: 'Chat', exact: true }).click();
  // The composer of the chat before is there until the new one is.
  await page.getByRole('tab', { name, selected: true }).waitFor();
  await page.getByRole('textbox', { name: 'Send a message' }).waitFor();
};

const say = async (page, text) => {
  await page.getByRole('textbox', { name: 'Send a message' }).fill(text);
  await page.keyboard.press('Enter');
  const shown = text
    .replace(/^\/me /, '')
    .split('\n')[0]
    .slice(0, 30);
  await page.getByRole('log').getByText(shown).first().waitFor();
};

const picture = (page, name) => page.screenshot({ path: join(images, `${name}.png`) });

/** One sees the other's status from then on, and the other one's own. */
const befriend = async (page, other, name) => {
  const participants = page.getByRole('list', { name: 'Participants' });
  await participants.getByRole('button', { name: `Add ${name} to favorites` }).click();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await other.getByRole('button', { name: 'Accept' }).click();
  await other.getByRole('button', { name: /^Your status/ }).click();
  await other.getByRole('menuitemradio', { name: 'Busy' }).click();
  await page.locator('.side').getByText('Busy', { exact: true }).waitFor();
};

const converse = async (doe, smith, magnum) => {
  await startChat(doe, 'smi', /John Smith/);
  await say(doe, 'Hi, how are you today?');
  await smith.getByRole('tab', { name: /John Doe/ }).click();
  await say(smith, 'Fine thanks\nSo, what’s on the agenda today?');
  await say(doe, 'The budget, at eleven. It is all in https://wiki.example.org/agenda');
  await say(smith, 'I will bring the numbers.');
  await say(smith, '/me looks for the numbers');
  await befriend(doe, smith, 'John Smith');
  await startChat(doe, 'magnum', /Thomas Magnum/);
  await say(doe, 'Are you joining us at eleven?');
  await doe.getByRole('tab', { name: /John Smith/ }).click();
  await magnum.getByRole('tab', { name: /John Doe/ }).click();
  for (const text of ['On my way.', 'Give me ten minutes!']) await say(magnum, text);
  await say(smith, 'Found them. See you in the small meeting room, the big one is taken until noon.');
  await doe.getByText('Found them.').waitFor();
};

await mkdir(images, { recursive: true });
const { url, stop } = await startServer();
const browser = await chromium.launch({
  executablePath: process.env.PARLEY_CHROMIUM ?? '/usr/bin/chromium',
  args: CHROMIUM_ARGUMENTS,
});
try {
  const door = await (await browser.newContext({ viewport: { width: 700, height: 588 }, locale: 'en-GB' })).newPage();
  await door.goto(url);
  await door.getByLabel('Login').waitFor();
  await picture(door, 'sign-in');

  const doe = await signIn(browser, url, 'john.doe', { viewport: { width: 700, height: 588 } });
  const smith = await signIn(browser, url, 'john.smith');
  const magnum = await signIn(browser, url, 'thomas.magnum');
  await converse(doe, smith, magnum);
  await doe.setViewportSize({ width: 1280, height: 760 });
  await picture(doe, 'main-window-light');
  await doe.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await picture(doe, 'main-window-dark');
  await doe.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await doe.setViewportSize({ width: 390, height: 760 });
  await picture(doe, 'mobile');
} finally {
  await browser.close();
  await stop();
}
