import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { AxeBuilder } from '@axe-core/playwright';
const PORT = '18080';
const start = (dir) => spawn('node', ['dist/server/main.js'], { env: { ...process.env, PARLEY_PORT: PORT, PARLEY_DATA_DIR: dir }, stdio: 'ignore' });
const dir = mkdtempSync('/tmp/look-data-');
let server = start(dir);
const url = `http://localhost:${PORT}`;
const up = async () => { for (let i = 0; i < 200; i++) { if (await fetch(url + '/api/session').then(() => true, () => false)) return; await new Promise((r) => setTimeout(r, 100)); } throw new Error('not up'); };
await up();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
const ok = (name, is, more = '') => console.log(is ? 'ok  ' : 'FAIL', name, more);
const consoleProblems = [];
const open = async (login, o = {}) => {
  const c = await browser.newContext({ viewport: { width: 1280, height: 700 }, locale: 'en-GB', reducedMotion: 'reduce', ...o });
  const p = await c.newPage();
  p.setDefaultTimeout(6000);
  p.on('console', (m) => { if (['error', 'warning'].includes(m.type())) consoleProblems.push(login + ': ' + m.text()); });
  p.on('pageerror', (e) => consoleProblems.push(login + ' pageerror: ' + e.message));
  await p.goto(url);
  return p;
};
const axe = async (p, name) => {
  const r = await new AxeBuilder({ page: p }).withTags(['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']).analyze();
  ok('axe ' + name, r.violations.length === 0, r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ') + ' ' + n.failureSummary.split('\n')[1]).slice(0, 2).join(' ; ')).join(' | '));
};
const both = async (p, name, widths = [1280]) => {
  for (const scheme of ['light', 'dark']) for (const width of widths) {
    await p.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const old = p.viewportSize();
    await p.setViewportSize({ width, height: 700 });
    await p.waitForTimeout(150);
    await axe(p, `${name} ${scheme} ${width}`);
    ok(`no sideways scroll ${name} ${width}`, await p.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await p.screenshot({ path: `/tmp/look/${name}-${scheme}-${width}.png` });
    await p.setViewportSize(old);
  }
  await p.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
};
const W = [320, 390, 700, 1280];
const signIn = async (p, login, password = 'parley-demo') => {
  await p.getByLabel('Login').fill(login); await p.getByLabel('Password').fill(password);
  await p.getByRole('button', { name: 'Sign in' }).click();
};
const part = async (name, f) => { try { await f(); } catch (e) { ok(name, false, String(e.message).split('\n').slice(0, 4).join(' / ')); } };

const a = await open('john.doe'); const b = await open('john.smith');
await part('sign in', async () => {
  await both(a, 'signin', W);
  await signIn(a, 'john.doe', 'wrong');
  ok('wrong password', /not right/.test(await a.getByRole('alert').textContent()));
  await a.screenshot({ path: '/tmp/look/signin-wrong.png' });
  await signIn(a, 'john.doe'); await signIn(b, 'john.smith');
  await a.getByRole('heading', { name: 'No conversation open' }).waitFor();
  await both(a, 'empty', W);
});
const compose = (p) => p.getByRole('textbox', { name: 'Send a message' });
const log = (p) => p.getByRole('log', { name: 'Messages' });
await part('picker', async () => {
  await a.getByRole('button', { name: 'New conversation' }).click();
  ok('S8 focus in picker', await a.getByRole('combobox', { name: 'Chat with…' }).evaluate((e) => e === document.activeElement));
  await a.keyboard.type('jo'); await a.getByRole('option').first().waitFor();
  console.log('options', await a.getByRole('option').allTextContents());
  await both(a, 'picker', W);
  await a.keyboard.press('ArrowDown'); await a.keyboard.press('ArrowUp');
  await a.keyboard.type('hn smi'); await a.waitForTimeout(400);
  await a.keyboard.press('Enter');
  ok('chip', await a.getByText('John Smith').count() === 1);
  await both(a, 'chip', [390, 1280]);
  await a.keyboard.press('Backspace'); await a.keyboard.press('Backspace');
  ok('Chat disabled with nobody', await a.getByRole('button', { name: 'Chat', exact: true }).isDisabled());
  await a.keyboard.type('john smi'); await a.getByRole('option', { name: /John Smith/ }).waitFor(); await a.keyboard.press('Enter');
  await a.getByRole('button', { name: 'Chat', exact: true }).click();
  await compose(a).waitFor();
  await a.waitForTimeout(200);
  ok('S12 composer focused', await compose(a).evaluate((e) => e === document.activeElement));
});
await part('talk', async () => {
  await a.keyboard.type('a'); await a.keyboard.press('Shift+Enter'); await a.keyboard.type('b');
  ok('S20 not sent', await log(a).getByText('a').count() === 0 || !(await log(a).textContent()).includes('a\nb'));
  await a.keyboard.press('Enter'); await log(a).getByText('a\nb').waitFor();
  ok('box empty', await compose(a).inputValue() === '');
  await a.keyboard.press('Enter');
  ok('b focus untouched', await b.evaluate(() => document.activeElement === document.body || document.activeElement.tagName));
  await b.getByRole('tab', { name: /John Doe/ }).waitFor();
  console.log('b selected?', await b.getByRole('tab').first().getAttribute('aria-selected'), 'tab name:', await b.getByRole('tab').first().evaluate((e) => e.textContent));
  await b.screenshot({ path: '/tmp/look/b-first.png' });
  await b.getByRole('tab', { name: /John Doe/ }).click();
  await log(b).getByText('a\nb').waitFor();
  ok('S62 blue', await log(b).locator('.unread').count() === 1);
  ok('S65 badge', /1 unread message/.test(await b.getByRole('tab').first().textContent()));
  await compose(b).click(); await b.waitForTimeout(300);
  ok('S64 white', await log(b).locator('.unread').count() === 0);
  ok('divider stays', await log(b).getByText('New', { exact: true }).count() === 1);
  await compose(b).fill('x'.repeat(8001)); await b.waitForTimeout(100);
  await both(b, 'toolong', [390, 1280]);
  ok('send disabled', await b.getByRole('button', { name: 'Send', exact: true }).isDisabled());
  await compose(b).fill('');
  // IME
  await compose(b).fill('half'); await compose(b).evaluate((e) => { e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true })); e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })); });
  await b.waitForTimeout(200); ok('IME keeps', await compose(b).inputValue() === 'half'); await compose(b).fill('');
});
await part('scroll', async () => {
  for (let i = 1; i <= 130; i++) { await compose(a).fill(`line ${i} ` + 'lorem ipsum dolor '.repeat(i % 9)); await a.keyboard.press('Enter'); if (i % 10 === 0) await a.waitForTimeout(700); }
  await log(b).getByText(/^line 130 /).waitFor({ timeout: 60000 });
  ok('rows in dom', await log(b).locator('.line').count() < 60, String(await log(b).locator('.line').count()));
  await b.reload(); await b.getByRole('tab', { name: /John Doe/ }).waitFor(); await log(b).getByText(/^line 130 /).waitFor();
  const top = (p) => log(p).evaluate((e) => [Math.round(e.scrollTop), e.scrollHeight - e.clientHeight - Math.round(e.scrollTop)]);
  await b.waitForTimeout(300); console.log('end', await top(b));
  await log(b).evaluate((e) => (e.scrollTop -= 400)); await b.waitForTimeout(300);
  const before = await top(b);
  await compose(a).fill('Lorem ipsum dolor sit amet, consectetur adipiscing elit'); await a.keyboard.press('Enter');
  const ribbon = b.getByRole('button', { name: /Go to the end/ }); await ribbon.waitFor();
  const after = await top(b); ok('S67 stays', Math.abs(before[0] - after[0]) <= 1, `${before} ${after}`);
  ok('S68 ribbon', /John Doe: Lorem ipsum/.test((await ribbon.getAttribute('aria-label'))), await ribbon.textContent());
  { const first = () => log(b).evaluate((e) => { const t = e.getBoundingClientRect().top; const r = [...e.querySelectorAll('.line')].filter((x) => x.querySelector('.text')).sort((x, y) => x.getBoundingClientRect().top - y.getBoundingClientRect().top).find((x) => x.getBoundingClientRect().bottom > t + 2); return r.querySelector('.text').textContent.slice(0, 9) + ' ' + Math.round(r.getBoundingClientRect().top - t); });
    const seen = [await first()]; for (const w of [700, 390, 1280]) { await b.setViewportSize({ width: w, height: 700 }); await b.waitForTimeout(300); seen.push(await first()); } ok('S67 resize keeps place', seen.every((x) => x.slice(0, 9) === seen[0].slice(0, 9)), seen.join(' | ')); }
  await both(b, 'ribbon', W);
  console.log('after resizes', await top(b), await ribbon.count());
  await ribbon.click(); await b.waitForTimeout(300);
  ok('S69 at end', (await top(b))[1] <= 2, String(await top(b))); ok('S70 gone', await ribbon.count() === 0);
  // prepend
  const anchor = () => log(b).evaluate((e) => { const t = e.getBoundingClientRect().top; const r = [...e.querySelectorAll('.line')].filter((x) => x.querySelector('.text')).sort((x, y) => x.getBoundingClientRect().top - y.getBoundingClientRect().top).find((x) => x.getBoundingClientRect().bottom > t); return [r.querySelector('.text').textContent.slice(0, 9), r.getBoundingClientRect().top - t]; });
  const find = (text) => log(b).evaluate((e, text) => { const t = e.getBoundingClientRect().top; const r = [...e.querySelectorAll('.line')].find((x) => x.querySelector('.text')?.textContent.startsWith(text)); return r ? r.getBoundingClientRect().top - t : null; }, text);
  for (const to of [700, 0]) {
    const h = await log(b).evaluate((e) => e.scrollHeight);
    await log(b).evaluate((e, to) => (e.scrollTop = to), to); 
    await b.evaluate(() => new Promise((r) => requestAnimationFrame(() => r())));
    const [text, at] = await anchor();
    await b.waitForTimeout(1000);
    const now = await find(text);
    ok(`prepend at ${to}: anchor`, now !== null && Math.abs(now - at) < 2, `${text} ${at} -> ${now}; height ${h} -> ${await log(b).evaluate((e) => e.scrollHeight)}`);
  }
  await log(b).evaluate((e) => (e.scrollTop = 0)); await b.waitForTimeout(800); await log(b).evaluate((e) => (e.scrollTop = 0)); await b.waitForTimeout(500);
  await b.screenshot({ path: '/tmp/look/top.png' });
  ok('all loaded', await log(b).getByText(/This is the start/).count() === 1);
  await log(b).focus(); await b.keyboard.press('End'); await b.waitForTimeout(600);
  ok('End key to end', (await top(b))[1] <= 40, String(await top(b)));
});
await part('offline', async () => {
  await compose(a).fill('last before the storm'); await a.keyboard.press('Enter'); await a.waitForTimeout(300);
  const ended = new Promise((r) => server.once('exit', r)); server.kill('SIGTERM'); await ended;
  await compose(a).fill('written offline'); await a.keyboard.press('Enter'); await a.waitForTimeout(2600);
  await both(a, 'offline', [390, 1280]);
  ok('waiting', await log(a).getByText('Waiting for connection').count() === 1);
  server = start(dir); await up();
  await a.getByRole('button', { name: 'Try now' }).click(); await a.getByText('Back online').waitFor();
  await a.waitForTimeout(800);
  ok('sent once', await log(a).getByText('written offline').count() === 1 && await log(a).getByText('Waiting').count() === 0);
  await log(b).getByText('written offline').waitFor({ timeout: 40000 });
  ok('b got it once', await log(b).getByText('written offline').count() === 1);
});
await part('menu, french, tabs', async () => {
  await a.getByRole('button', { name: /Account of/ }).click(); await a.getByRole('menu').waitFor();
  await both(a, 'menu', [390, 1280]);
  await a.getByRole('menuitemradio', { name: 'Français' }).click();
  await a.getByRole('button', { name: 'Nouvelle conversation' }).waitFor();
  await both(a, 'french', [320, 700, 1280]);
  await a.reload(); await a.getByRole('button', { name: 'Nouvelle conversation' }).waitFor();
  await a.getByRole('tab').first().focus(); await a.keyboard.press('Delete'); await a.waitForTimeout(400);
  ok('Delete closes', await a.getByRole('tab').count() === 0);
  await both(a, 'closed', [1280]);
});
await part('title', async () => {
  await b.evaluate(() => { Document.prototype.hasFocus = () => false; window.dispatchEvent(new Event('blur')); });
  // a's tab was closed: open again by picker
  await a.getByRole('button', { name: 'Nouvelle conversation' }).click(); await a.keyboard.type('john smi'); await a.getByRole('option').first().waitFor(); await a.keyboard.press('Enter'); await a.getByRole('button', { name: 'Discuter', exact: true }).click();
  const ca = a.getByRole('textbox', { name: 'Envoyer un message' }); await ca.fill('psst'); await a.keyboard.press('Enter');
  const seen = []; for (let i = 0; i < 8; i++) { await b.waitForTimeout(400); seen.push(await b.title()); }
  ok('S60 title alternates', seen.includes('Unread messages') && seen.includes('Parley'), seen.join(','));
  await b.evaluate(() => { Document.prototype.hasFocus = () => true; window.dispatchEvent(new Event('focus')); }); await b.waitForTimeout(150);
  ok('S63 stops', await b.title() === 'Parley'); ok('still blue', await log(b).locator('.unread').count() >= 1, String(await log(b).locator('.unread').count()));
  await a.setViewportSize({ width: 390, height: 700 }); await a.evaluate(() => (document.documentElement.dir = 'rtl')); await a.waitForTimeout(200); await a.screenshot({ path: '/tmp/look/rtl-390.png' });
  ok('rtl no sideways', await a.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await a.setViewportSize({ width: 1280, height: 700 }); await a.screenshot({ path: '/tmp/look/rtl-1280.png' });
});
await part('re-login', async () => {
  await compose(b).fill('half a thought');
  await b.evaluate(() => fetch('/api/session', { method: 'DELETE' })); await b.getByRole('dialog', { name: 'Please sign in again' }).waitFor();
  await both(b, 'again', [390, 1280]);
  await signIn(b, 'john.smith'); await b.getByRole('dialog').waitFor({ state: 'detached' });
  ok('text kept', await compose(b).inputValue() === 'half a thought');
  await compose(b).press('Enter'); await log(b).getByText('half a thought').waitFor();
  await a.waitForTimeout(500); ok('arrives', await a.getByRole('log').getByText('half a thought').count() === 1);
});
console.log('CONSOLE', [...new Set(consoleProblems)].join('\n'));
await browser.close(); server.kill('SIGTERM');
