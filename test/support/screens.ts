import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { signInAs, type Person } from './browser.js';
import { engineEnvironment } from './distributed-servers.js';
import { BuiltProgram, freePort } from './server-process.js';
import { tempFolder, type TempFolder } from './temp-folder.js';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

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

/** Nothing runs out sideways, and axe finds nothing. `look`: what the page is like now. */
export const expectClean = async (page: Page, look: object): Promise<void> => {
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target) }));
  expect({ ...look, runsOut: sideways > 0, found }).toEqual({ ...look, runsOut: false, found: [] });
};
