import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LIMITS } from '../../src/application/protocol/index.js';
import { settingsTable } from '../../src/infrastructure/config/config.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** A page that is not there is empty, so that the test that is about it fails, and the others run. */
const read = (path: string): string => (existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : '');
const filesBelow = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));

const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...filesBelow('docs')];

describe('the generated documentation', () => {
  it('says what the built server says', async () => {
    const check = promisify(execFile)(process.execPath, ['scripts/event-catalogue.mjs', '--check'], { cwd: ROOT });
    const { stdout } = await check.catch((error: unknown) => {
      throw new Error((error as { stderr: string }).stderr, { cause: error });
    });
    expect(stdout).toContain('up to date');
  });
});

describe('the decisions', () => {
  const decisions = readdirSync(join(ROOT, 'docs/adr')).filter((name) => /^\d{4}-[a-z0-9-]+\.md$/.test(name));

  it('are numbered without gaps from 0001 to 0010 at least', () => {
    const numbers = decisions.map((name) => Number(name.slice(0, 4))).sort((one, other) => one - other);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers.length).toBeGreaterThanOrEqual(10);
  });

  it.each(decisions)('%s has its number as its title, and the four parts in order', (name) => {
    const text = read(`docs/adr/${name}`);
    expect(text.startsWith(`# ${name.slice(0, 4)}: `)).toBe(true);
    const parts = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    expect(parts).toEqual(['Status', 'Context', 'Decision', 'Consequences']);
    expect(read('docs/adr/README.md')).toContain(`(${name})`);
  });
});

/** As the web interfaces of Git servers make anchors of headings. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

const withoutCode = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

const brokenLinksOf = (page: string): string[] => {
  const links = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)(?:\s[^)]*)?\)/g)].map(([, link]) => link ?? '');
  return links.filter((link) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return false;
    const [path = '', anchor] = link.split('#', 2);
    const file = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), decodeURI(path));
    if (!existsSync(file)) return true;
    if (anchor === undefined || !file.endsWith('.md')) return false;
    const headings = [
      ...readFileSync(file, 'utf8')
        .replace(/^```[\s\S]*?^```/gm, '')
        .matchAll(/^#+ (.+)$/gm),
    ];
    return !headings.some(([, heading]) => anchorOf(heading ?? '') === anchor);
  });
};

describe('links', () => {
  it.each(PAGES)('of %s lead somewhere', (page) => {
    expect(read(page)).not.toBe('');
    expect(brokenLinksOf(page)).toEqual([]);
  });
});

describe('the configuration table of README.md', () => {
  const cellsOf = (row: string): string[] =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', ''));
  const rows = new Map(
    read('README.md')
      .split('\n')
      .filter((line) => /^\|\s*`PARLEY_\w+`\s*\|/.test(line))
      .map((line) => cellsOf(line))
      .map(([name = '', standard = '']) => [name, standard]),
  );
  const limits = new Map<string, number>(Object.values(LIMITS).map(({ variable, value }) => [variable, value]));

  it.each(settingsTable())('has $name with its standard', ({ name, standard }) => {
    expect(rows.has(name)).toBe(true);
    // An empty standard is an empty cell, or words in parentheses or a dash for it.
    if (standard === '') expect(rows.get(name)).toMatch(/^(|–|—|-|\(.*\)|none|not set|empty)$/);
    else expect(rows.get(name)).toBe(standard);
  });

  it('has no setting that is not there, and limits with their standards', () => {
    const known = new Set([...settingsTable().map(({ name }) => name), ...limits.keys()]);
    expect([...rows.keys()].filter((name) => !known.has(name))).toEqual([]);
    for (const [name, standard] of rows)
      if (limits.has(name))
        expect(`${name} ${standard.replaceAll(/[,_ ]/g, '')}`).toBe(`${name} ${String(limits.get(name))}`);
  });
});

describe('the glossary', () => {
  const terms = new Set(
    [...read('docs/glossary.md').matchAll(/^\| ([^|]+?) +\|/gm)].flatMap(([, term = '']) =>
      term
        .replace(/\(.*\)/, '')
        .split(',')
        .map((word) => word.trim().toLowerCase()),
    ),
  );

  it.each([
    ...['conversation', 'participant', 'span', 'invitation', 'message', 'sequence', 'correct', 'retract', 'transcript'],
    ...['roster', 'contact', 'favorite', 'not in list', 'watcher', 'presence', 'availability', 'line state', 'session'],
    ...['desk', 'tab', 'read marker', 'log', 'stream', 'revision', 'position', 'rejection', 'projection', 'read model'],
    ...['generation', 'process', 'intent', 'cell', 'seal of a field', 'log seal', 'account', 'engine', 'gateway'],
    'live feed',
  ])('explains %s', (term) => {
    expect(terms.has(term)).toBe(true);
  });
});
