import { randomUUID } from 'node:crypto';
import { isTabShown, unreadOf, type TabView } from '../../src/application/protocol/index.js';
import { eventually } from '../support/eventually.js';
import type { WireClient } from '../support/wire-client.js';
import { ENGINES, World } from '../support/world.js';

describe.each(ENGINES)('two people over the wire, engine %s', (engine) => {
  let world: World;
  let doe: WireClient;
  let smith: WireClient;
  let conversationId: string;

  beforeEach(async () => {
    world = await World.start({ engine });
    doe = await world.client('john.doe');
    smith = await world.client('john.smith');
    conversationId = await doe.start(smith.userId);
  });
  afterEach(() => world.close());

  const tabOf = (client: WireClient): TabView | undefined => client.documents.tab.get(conversationId)?.doc;
  const lastSequence = (client: WireClient): number =>
    client.documents.conversation.get(conversationId)?.doc.lastSequence ?? 0;
  const shown = (client: WireClient): boolean => {
    const tab = tabOf(client);
    return tab !== undefined && isTabShown(tab, lastSequence(client));
  };
  const unread = (client: WireClient): number => {
    const tab = tabOf(client);
    return tab ? unreadOf(tab, lastSequence(client)) : 0;
  };

  it('S8 finds people by the beginnings of their names, without oneself', async () => {
    const answer = await doe.query('people.find', { text: 'jo' });
    expect(answer.ok && answer.result.people.map(({ name }) => name)).toEqual(['J.Q. Higgins', 'John Smith']);
  });

  it('S11 starts one conversation, however often and by whomever it is started', async () => {
    expect(await doe.start(smith.userId)).toBe(conversationId);
    expect(await smith.start(doe.userId)).toBe(conversationId);
    expect([...doe.documents.conversation.keys()]).toEqual([conversationId]);
  });

  it('S12 shows the tab to whoever started at once, and to the other with the first message', async () => {
    await eventually('the tab of the one who started', () => shown(doe));
    expect(shown(smith)).toBe(false);
    await doe.post(conversationId, 'Hi');
    await eventually('the tab of the other', () => shown(smith));
  });

  it('S19 S21 shows a message to both, once, with its line breaks', async () => {
    await doe.post(conversationId, 'one\ntwo');
    await smith.post(conversationId, 'three');
    for (const client of [doe, smith]) {
      await eventually('both messages', () => client.texts(conversationId).length === 2);
      expect(client.texts(conversationId)).toEqual(['one\ntwo', 'three']);
    }
  });

  it.each([
    ['S22 a blank message', '  \n ', 'message-blank'],
    ['SEC-18 a message that is too long', 'x'.repeat(8_001), 'message-too-long'],
  ])('%s is refused and leaves nothing', async (_, text, code) => {
    const outcome = await doe.command('conversation.post', { conversationId, text });
    expect(outcome.ok ? 'accepted' : outcome.error.code).toBe(code);
    expect(await doe.transcript(conversationId)).toEqual([]);
  });

  it('R5 answers a resend with the first result, also on another connection', async () => {
    const id = randomUUID();
    const first = await doe.post(conversationId, 'once', id);
    const again = await doe.post(conversationId, 'once', id);
    const elsewhere = await (await world.client('john.doe')).post(conversationId, 'once', id);
    expect([again, elsewhere]).toEqual([first, first]);
    await eventually('the message', () => smith.texts(conversationId).length === 1);
  });

  it('R5 refuses another text under a used id', async () => {
    const id = randomUUID();
    await doe.post(conversationId, 'this', id);
    const outcome = await doe.command('conversation.post', { conversationId, text: 'that' }, id);
    expect(outcome.ok ? 'accepted' : outcome.error.code).toBe('id-reused');
  });

  it('R5 keeps ids apart by person: nobody can use up the id of another', async () => {
    const id = randomUUID();
    const one = await doe.post(conversationId, 'mine', id);
    const other = await smith.post(conversationId, 'mine too', id);
    expect([one.sequence, other.sequence]).toEqual([1, 2]);
  });

  it('S41 SEC-9 answers the same for a conversation of others and for one that does not exist', async () => {
    await doe.post(conversationId, 'between us');
    const magnum = await world.client('thomas.magnum');
    const asked = async (id: string): Promise<unknown[]> => {
      const outcomes = [
        await magnum.command('conversation.post', { conversationId: id, text: 'let me in' }),
        await magnum.command('desk.open-tab', { conversationId: id }),
        await magnum.command('desk.close-tab', { conversationId: id, upTo: 1 }),
        await magnum.command('desk.move-read-marker', { conversationId: id, sequence: 1 }),
        await magnum.query('transcript.page', { conversationId: id, limit: 10 }),
      ];
      return outcomes.map((outcome) => (outcome.ok ? outcome : { ...outcome, id: 'any' }));
    };
    const real = await asked(conversationId);
    expect(real.every((outcome) => !(outcome as { ok: boolean }).ok)).toBe(true);
    expect(JSON.stringify(real)).toBe(
      JSON.stringify(await asked(randomUUID())).replace(/./g, (character) => character),
    );
    // Of oneself that one is there, and nothing else.
    const changes = magnum.frames.flatMap((frame) => (frame.t === 'delta' ? frame.changes : []));
    expect(changes.filter(({ view }) => view !== 'ownPresence')).toEqual([]);
  });

  it('S65 counts what others said as unread until it is read, and nothing of one’s own', async () => {
    await doe.post(conversationId, 'one');
    await doe.post(conversationId, 'two');
    await eventually('two unread', () => unread(smith) === 2);
    expect(unread(doe)).toBe(0);
    await smith.accepted('desk.move-read-marker', { conversationId, sequence: 2 });
    await eventually('none unread', () => unread(smith) === 0);
    await smith.accepted('desk.move-read-marker', { conversationId, sequence: 1 });
    expect(unread(smith)).toBe(0);
  });

  it('S66 reads on one device what is read on the other', async () => {
    const phone = await world.client('john.smith');
    await doe.post(conversationId, 'one');
    await eventually('one unread', () => unread(phone) === 1);
    await smith.accepted('desk.move-read-marker', { conversationId, sequence: 1 });
    await eventually('none unread', () => unread(phone) === 0);
  });

  it('S57 closes the tab for oneself only, and a new message shows it again', async () => {
    await doe.post(conversationId, 'one');
    await eventually('the tab', () => shown(smith));
    await smith.accepted('desk.close-tab', { conversationId, upTo: 1 });
    await eventually('no tab', () => !shown(smith));
    expect(shown(doe)).toBe(true);
    await doe.post(conversationId, 'two');
    await eventually('the tab again', () => shown(smith));
    expect(unread(smith)).toBe(1);
  });

  it('S57 does not hide a message that came while the tab was being closed', async () => {
    await doe.post(conversationId, 'seen');
    await doe.post(conversationId, 'not seen');
    await smith.accepted('desk.close-tab', { conversationId, upTo: 1 });
    await eventually('both messages', () => lastSequence(smith) === 2);
    expect(shown(smith)).toBe(true);
  });

  it('S59 pages the history from its end, in both directions, without a gap', async () => {
    for (let n = 1; n <= 25; n++) await doe.post(conversationId, `message ${n}`);
    await eventually('all', () => smith.texts(conversationId).length === 25);
    const seen: number[] = [];
    let before: number | undefined;
    for (;;) {
      const page = await smith.query('transcript.page', {
        conversationId,
        limit: 10,
        ...(before === undefined ? {} : { before }),
      });
      if (!page.ok) throw new Error(page.error.code);
      seen.unshift(...page.result.messages.map(({ doc }) => doc.sequence));
      if (!page.result.more) break;
      before = seen[0];
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    expect((await smith.transcript(conversationId)).map(({ doc }) => doc.text)).toEqual(smith.texts(conversationId));
  });

  it('S82 keeps the order and the gapless numbers of many senders at once', async () => {
    const phone = await world.client('john.doe');
    await Promise.all(
      [doe, phone, smith].flatMap((client, sender) =>
        Array.from({ length: 50 }, (_, index) => client.post(conversationId, `${sender} ${index}`)),
      ),
    );
    for (const client of [doe, phone, smith]) {
      await eventually('all messages', () => client.texts(conversationId).length === 150);
      const order = client.frames
        .flatMap((frame) => (frame.t === 'delta' ? frame.changes : []))
        .flatMap((change) => (change.view === 'message' && change.op === 'put' ? [change.doc.sequence] : []));
      expect(order).toEqual(Array.from({ length: 150 }, (_, index) => index + 1));
    }
  });

  it('S33 refuses a conversation with oneself, with nobody, and with a disabled person', async () => {
    const codeOf = async (withUser: string): Promise<string> => {
      const outcome = await doe.command('conversation.start', { with: withUser });
      return outcome.ok ? 'accepted' : outcome.error.code;
    };
    expect(await codeOf(doe.userId)).toBe('with-oneself');
    expect(await codeOf(randomUUID())).toBe('not-found');
  });
});
