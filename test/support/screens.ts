import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { signInAs, type Person } from './browser.js';
import { engineEnvironment } from './distributed-servers.js';
import { BuiltProgram, freePort } from './server-process.js';
import { tempFolder, type TempFolder } from './temp-folder.js';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const WIDTHS = [320, 390, 700, 1_280];
const THEMES = ['light', 'dark'] as const;
const DIRECTIONS = ['ltr', 'rtl'] as const;

export interface Look {
  readonly width: number;
  readonly colorScheme: (typeof THEMES)[number];
  readonly direction: (typeof DIRECTIONS)[number];
}

/** Each width once, with both themes and both directions among them; all sixteen with `PARLEY_TEST_LOOKS=all`. */
export const looks = (): readonly Look[] => {
  const all = WIDTHS.flatMap((width) =>
    THEMES.flatMap((colorScheme) => DIRECTIONS.map((direction) => ({ width, colorScheme, direction }))),
  );
  if (process.env['PARLEY_TEST_LOOKS'] === 'all') return all;
  // Light and dark by turns; the two wider ones are read the other way round.
  return WIDTHS.map((width, step) => ({
    width,
    colorScheme: THEMES[step % 2]!,
    direction: DIRECTIONS[(step + (step >> 1)) % 2]!,
  }));
};

/** A server with a data folder of its own, and people who each sit at a browser of their own. */
export class Screens {
  private constructor(
    readonly people: Person[],
    private readonly browser: Browser,
    private readonly folder: TempFolder,
    private readonly environment: Record<string, string>,
    private server: BuiltProgram,
  ) {}

  static async open(browser: Browser, logins: readonly string[]): Promise<Screens> {
    const folder = tempFolder();
    const environment = {
      PARLEY_PORT: String(await freePort()),
      PARLEY_DATA_DIR: folder.path,
      PARLEY_LIMIT_COMMANDS_PER_SECOND: '1000',
      PARLEY_LIMIT_COMMANDS_BURST: '1000',
      ...(await engineEnvironment(folder.path)),
    };
    const server = await BuiltProgram.server(environment);
    const people = await Promise.all(logins.map((login) => signInAs(browser, server.address, login)));
    return new Screens(people, browser, folder, environment, server);
  }

  get address(): string {
    return this.server.address;
  }

  /** One more person. */
  async signIn(login: string): Promise<Person> {
    const person = await signInAs(this.browser, this.address, login);
    this.people.push(person);
    return person;
  }

  async killServer(): Promise<void> {
    await this.server.end('SIGKILL');
  }

  /** At the same address, on the same data. */
  async startServer(): Promise<void> {
    this.server = await BuiltProgram.server(this.environment);
  }

  /** Fails if anything went wrong in anybody's browser. */
  async close(): Promise<void> {
    await Promise.all(this.people.map(({ context }) => context.close()));
    await this.server.end('SIGTERM');
    this.folder.remove();
    expect(this.people.map(({ problems }) => problems)).toEqual(this.people.map(() => []));
  }
}

export const takeOn = async (page: Page, { width, colorScheme, direction }: Look): Promise<void> => {
  await page.setViewportSize({ width, height: 700 });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.evaluate((dir) => (document.documentElement.dir = dir), direction);
};

/** Nothing runs out sideways, and axe finds nothing. `look`: what the page is like now. */
export const expectClean = async (page: Page, look: object): Promise<void> => {
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target) }));
  expect({ ...look, runsOut: sideways > 0, found }).toEqual({ ...look, runsOut: false, found: [] });
};
