import type { PresenceCommand } from '../../../src/domain/presence/index.js';
import { KeptSession } from '../../../src/infrastructure/gateway/kept-session.js';
import { eventually } from '../../support/eventually.js';

const GRACE_MS = 100;

/** A presence that says yes, no, or nothing at all, as told; what it was asked, in order. */
class Rig {
  readonly asked: string[] = [];
  /** The answers to come; yes when there are none left. */
  answers: boolean[] = [];
  held: ((accepted: boolean) => void) | null = null;
  hold = false;
  over = 0;
  readonly session = new KeptSession(
    { id: 's', userId: 'u', device: 'computer' },
    { node: 'n', graceMs: GRACE_MS },
    {
      ask: (command) => {
        this.asked.push(wordOf(command));
        if (this.hold)
          return new Promise((resolve) => {
            this.held = resolve;
          });
        return Promise.resolve(this.answers.shift() ?? true);
      },
      over: () => this.over++,
    },
  );

  told(...asked: readonly string[]): Promise<void> {
    const wanted = JSON.stringify(asked);
    return eventually(wanted, () => JSON.stringify(this.asked) === wanted, { found: () => this.asked });
  }
}

const wordOf = (command: PresenceCommand): string =>
  command.type === 'MarkIdle'
    ? command.data.idle
      ? 'idle'
      : 'back'
    : command.type.replace('Session', '').toLowerCase();
const connection = (active = true) => ({ active });
const nothingMore = () => new Promise((resolve) => setTimeout(resolve, 3 * GRACE_MS));

describe('a session that is kept', () => {
  it('S97 is opened once, whatever tabs and reloads there are, and closed after the grace', async () => {
    const one = new Rig();
    const tabs = [connection(), connection(), connection()] as const;
    one.session.connected(tabs[0]);
    one.session.connected(tabs[1]);
    one.session.disconnected(tabs[0]);
    one.session.disconnected(tabs[1]);
    one.session.connected(tabs[2]);
    await nothingMore();
    await one.told('open');
    one.session.disconnected(tabs[2]);
    await one.told('open', 'close');
    await eventually('over', () => one.over === 1);
  });

  it('S97 that ends is closed at once, and opens no more', async () => {
    const rig = new Rig();
    const tab = connection();
    rig.session.connected(tab);
    await rig.told('open');
    await rig.session.end();
    await rig.told('open', 'close');
    rig.session.connected(tab);
    rig.session.disconnected(tab);
    await nothingMore();
    await rig.told('open', 'close');
  });

  it('S92 is idle when all its connections are', async () => {
    const rig = new Rig();
    const tabs = [connection(), connection()] as const;
    tabs.forEach((tab) => {
      rig.session.connected(tab);
    });
    tabs[0].active = false;
    await rig.session.settle();
    await rig.told('open');
    tabs[1].active = false;
    await rig.session.settle();
    await rig.told('open', 'idle');
    tabs[1].active = true;
    await rig.session.settle();
    await rig.told('open', 'idle', 'back');
  });

  it('S97 tries what was refused again, and says all of it: the refused one may have been written', async () => {
    const rig = new Rig();
    rig.answers = [false, true, true];
    rig.session.connected(connection());
    await rig.told('open', 'open', 'back');
  });

  it('S97 comes to what is wanted last, however it was while nobody answered', async () => {
    const rig = new Rig();
    rig.hold = true;
    const tab = connection();
    rig.session.connected(tab);
    await rig.told('open');
    rig.hold = false;
    void rig.session.end();
    rig.held?.(false);
    await rig.told('open', 'close');
    await eventually('over', () => rig.over === 1);
  });

  it('S97 is opened again when others took its node for dead, even while something was under way', async () => {
    const rig = new Rig();
    const tab = connection();
    rig.session.connected(tab);
    await rig.told('open');
    rig.session.expired();
    await rig.told('open', 'open');
    tab.active = false;
    rig.hold = true;
    void rig.session.settle();
    await rig.told('open', 'open', 'idle');
    rig.session.expired();
    rig.hold = false;
    rig.held?.(true);
    await rig.told('open', 'open', 'idle', 'open', 'idle');
  });
});
