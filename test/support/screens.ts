import { cpSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { comeAgain, seatOf, signInAs, type Person, type Seat } from './browser.js';
import { engineEnvironment, onDistributedEngines } from './distributed-servers.js';
import { BuiltProgram, freePort } from './server-process.js';
import { DEMO_PASSWORD } from '../../src/demo.js';
import { tempFolder, type TempFolder } from './temp-folder.js';
import { WireClient } from './wire-client.js';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const WIDTHS = [320, 390, 700, 1_280];
const THEMES = ['light', 'dark'] as const;
const DIRECTIONS = ['ltr', 'rtl'] as const;

export interface Look {
  readonly width: number;
  readonly colorScheme: (typeof THEMES)[number];
  readonly direction: (typeof DIRECTIONS)[number];
}

const wantsAllLooks = process.env['PARLEY_TEST_LOOKS'] === 'all';

/** Each width once, the narrowest light and the widest dark, the wider two from right to left; all sixteen with `PARLEY_TEST_LOOKS=all`. */
export const looks = (): readonly Look[] => {
  if (wantsAllLooks)
    return WIDTHS.flatMap((width) =>
      THEMES.flatMap((colorScheme) => DIRECTIONS.map((direction) => ({ width, colorScheme, direction }))),
    );
  return WIDTHS.map((width, step) => ({
    width,
    colorScheme: THEMES[step % 2]!,
    direction: DIRECTIONS[step >> 1]!,
  }));
};

/** Axe is slow: it looks at the first and the last of the four, which are both layouts, both themes and both directions. */
const isForAxe = ({ width }: Look): boolean => wantsAllLooks || width === WIDTHS[0] || width === WIDTHS.at(-1);

type Environment = Readonly<Record<string, string>>;

const environmentOn = async (folder: TempFolder, port: number): Promise<Environment> => ({
  PARLEY_PORT: String(port),
  PARLEY_DATA_DIR: folder.path,
  PARLEY_LIMIT_COMMANDS_PER_SECOND: '1000',
  PARLEY_LIMIT_COMMANDS_BURST: '1000',
  ...(await engineEnvironment(folder.path)),
});

/** A server with a data folder of its own, and people who each sit at a browser of their own. */
export class Screens {
  private constructor(
    readonly people: Person[],
    private readonly browser: Browser,
    private readonly folder: TempFolder,
    private readonly environment: Environment,
    private server: BuiltProgram,
  ) {}

  /** With demo people in it who are to sign in. */
  static async open(browser: Browser, logins: readonly string[]): Promise<Screens> {
    return Screens.on(tempFolder(), await freePort(), browser, (address) =>
      logins.map((login) => signInAs(browser, address, login)),
    );
  }

  static async on(
    folder: TempFolder,
    port: number,
    browser: Browser,
    seated: (address: string) => readonly Promise<Person>[],
  ): Promise<Screens> {
    const environment = await environmentOn(folder, port);
    const server = await BuiltProgram.server(environment);
    const people = await Promise.all(seated(server.address));
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

  /** Somebody says these things in their first conversation, faster than anybody types. */
  async sayMany(login: string, texts: readonly string[]): Promise<void> {
    const wire = await (await WireClient.signIn(this.address, login, DEMO_PASSWORD)).connect();
    const [conversationId] = [...wire.documents.conversation.keys()];
    for (const text of texts) await wire.post(conversationId!, text);
    wire.close();
  }

  /** Somebody without a browser takes every invitation. */
  async joinAll(login: string): Promise<void> {
    const wire = await (await WireClient.signIn(this.address, login, DEMO_PASSWORD)).connect();
    for (const conversationId of wire.documents.invitation.keys())
      await wire.accepted('conversation.join', { conversationId });
    wire.close();
  }

  async killServer(): Promise<void> {
    await this.server.end('SIGKILL');
  }

  /** At the same address, on the same data. */
  async startServer(): Promise<void> {
    this.server = await BuiltProgram.server(this.environment);
  }

  /** Fails if anything went wrong on anybody's page. `keepsBrowsers`: they are for the next test. */
  async close({ keepsBrowsers = false } = {}): Promise<void> {
    await Promise.all(this.people.map(({ page, context }) => (keepsBrowsers ? page.close() : context.close())));
    await this.server.end('SIGTERM');
    this.folder.remove();
    expect(this.people.map(({ problems }) => problems)).toEqual(this.people.map(() => []));
  }
}

/** What people do before the tests of a file begin. */
type Prelude = (people: readonly Person[]) => Promise<void>;

/**
 * The people of a test file. They sign in once, and do once what all tests begin with; for each test there is a copy of the data of that moment
 * with a server of its own, and a new page for each of them: no test sees anything of another.
 */
export class Cast {
  private readonly open = new Set<Screens>();

  private constructor(
    private readonly browser: Browser,
    private readonly logins: readonly string[],
    private readonly prelude: Prelude,
    private readonly origin: { readonly folder: TempFolder; readonly port: number; readonly seats: Seat[] } | null,
  ) {}

  static async gather(
    browser: Browser,
    logins: readonly string[],
    prelude: Prelude = () => Promise.resolve(),
  ): Promise<Cast> {
    // Only what lies in a folder can be copied.
    if (onDistributedEngines) return new Cast(browser, logins, prelude, null);
    const folder = tempFolder();
    const port = await freePort();
    const server = await BuiltProgram.server(await environmentOn(folder, port));
    const people = await Promise.all(logins.map((login) => signInAs(browser, server.address, login)));
    await prelude(people);
    const seats = await Promise.all(people.map(seatOf));
    await Promise.all(people.map(({ page }) => page.close()));
    await server.end('SIGTERM');
    return new Cast(browser, logins, prelude, { folder, port, seats });
  }

  /** For one test, until `clear`. */
  async screens(): Promise<Screens> {
    const screens = await this.newScreens();
    this.open.add(screens);
    return screens;
  }

  /** After a test; see `Screens.close`. */
  async clear(): Promise<void> {
    const open = [...this.open];
    this.open.clear();
    for (const screens of open) await screens.close({ keepsBrowsers: this.origin !== null });
  }

  async close(): Promise<void> {
    await this.clear();
    await Promise.all((this.origin?.seats ?? []).map(({ context }) => context.close()));
    this.origin?.folder.remove();
  }

  private async newScreens(): Promise<Screens> {
    if (!this.origin) {
      const screens = await Screens.open(this.browser, this.logins);
      await this.prelude(screens.people);
      return screens;
    }
    const { folder, port, seats } = this.origin;
    const copy = tempFolder();
    cpSync(folder.path, copy.path, { recursive: true });
    return Screens.on(copy, port, this.browser, (address) => seats.map((seat) => comeAgain(seat, address)));
  }
}

export const takeOn = async (page: Page, { width, colorScheme, direction }: Look): Promise<void> => {
  await page.setViewportSize({ width, height: 700 });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.evaluate((dir) => (document.documentElement.dir = dir), direction);
};

const runsOut = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

/** Nothing runs out sideways, and axe finds nothing. `look`: what the page is like now. */
export const expectClean = async (page: Page, look: object): Promise<void> => {
  // Its "legacy mode" spares a page of its own for every look; it leaves out frames, and there are none here.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(RULES).analyze();
  const found = violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target) }));
  expect({ ...look, runsOut: await runsOut(page), found }).toEqual({ ...look, runsOut: false, found: [] });
};

/** Nothing runs out sideways; without axe. */
export const expectInside = async (page: Page, look: object): Promise<void> => {
  expect({ ...look, runsOut: await runsOut(page) }).toEqual({ ...look, runsOut: false });
};

/** At each of these looks nothing runs out sideways; axe finds nothing. `seen`: the page as it is then. */
export const looksRight = async (
  page: Page,
  { at = looks(), seen = () => Promise.resolve() }: { at?: readonly Look[]; seen?: (look: Look) => Promise<void> } = {},
): Promise<void> => {
  for (const look of at) {
    await takeOn(page, look);
    await seen(look);
    await (isForAxe(look) ? expectClean : expectInside)(page, look);
  }
};
