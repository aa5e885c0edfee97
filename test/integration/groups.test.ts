import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import type { WireClient } from '../support/wire-client.js';
import { ENGINES, World } from '../support/world.js';

describe.each(ENGINES)('groups over the wire, engine %s', (engine) => {
  let world: World;
  let doe: WireClient;
  let smith: WireClient;
  let magnum: WireClient;

  beforeEach(async () => {
    world = await World.start({ engine });
    doe = await world.client('john.doe');
    smith = await world.client('john.smith');
    magnum = await world.client('thomas.magnum');
  });
  afterEach(() => world.close());

  const started = async (...others: WireClient[]): Promise<string> => {
    const data = { with: others.map(({ userId }) => userId) };
    return (await doe.accepted('conversation.start-group', data)).conversationId;
  };
  const join = (client: WireClient, conversationId: string) => client.accepted('conversation.join', { conversationId });
  const noticesOf = (client: WireClient, id: string): string[] =>
    [...client.documents.notice.values()]
      .filter(({ doc }) => doc.conversationId === id)
      .sort((one, other) => one.doc.notice - other.doc.notice)
      .map(({ doc }) => doc.what);
  const participants = (client: WireClient, id: string): readonly string[] =>
    client.documents.conversation.get(id)?.doc.participants ?? [];
  const pageOf = async (client: WireClient, conversationId: string): Promise<(string | null)[]> =>
    (await client.transcript(conversationId)).map(({ doc }) => doc.text);

  it('S24 S26 S27 S28 S29 one intention makes one group, with its creator in it and two notices', async () => {
    const frame = randomUUID();
    const data = { with: [smith.userId, magnum.userId] };
    const one = await doe.accepted('conversation.start-group', data, frame);
    const again = await doe.accepted('conversation.start-group', data, frame);
    expect(again).toEqual(one);
    expect((await doe.accepted('conversation.start-group', data)).conversationId).not.toBe(one.conversationId);
    await eventually('the head', () => participants(doe, one.conversationId).length > 0);
    expect(participants(doe, one.conversationId)).toEqual([doe.userId]);
    expect(doe.documents.tab.get(one.conversationId)?.doc.open).toBe(true);
    expect(noticesOf(doe, one.conversationId)).toEqual(['invited', 'joined']);
  });

  it('S34 S35 S37 S38 S39 the invited are told, at their next sign-in too; all see who comes', async () => {
    magnum.close();
    const id = await started(smith, magnum);
    await eventually('the card', () => smith.documents.invitation.has(id));
    const back = await world.client('thomas.magnum');
    expect([...back.documents.invitation.keys()]).toEqual([id]);
    await join(back, id);
    await join(smith, id);
    for (const client of [doe, smith, back]) await eventually('everybody', () => participants(client, id).length === 3);
    expect(participants(doe, id)).toEqual([doe.userId, back.userId, smith.userId]);
    await eventually('no card', () => smith.documents.invitation.size + back.documents.invitation.size === 0);
    expect(noticesOf(doe, id)).toEqual(['invited', 'joined', 'joined', 'joined']);
    expect(noticesOf(smith, id)).toEqual(['joined']);
  });

  it('S31 S40 whoever joined invites; the inviter alone is told of a refusal', async () => {
    const id = await started(smith);
    await join(smith, id);
    await smith.accepted('conversation.invite', { conversationId: id, users: [magnum.userId] });
    await eventually('the card', () => magnum.documents.invitation.has(id));
    await magnum.accepted('conversation.decline', { conversationId: id });
    await eventually('told', () => noticesOf(smith, id).includes('declined'));
    expect([...smith.documents.invited.values()].map(({ doc }) => doc.state)).toEqual(['declined']);
    await smith.post(id, 'later');
    await eventually('later', () => doe.texts(id).length === 1);
    expect(noticesOf(doe, id)).not.toContain('declined');
  });

  it('S41 S42 a message posted while somebody joins is on one side of it for all surfaces', async () => {
    for (let round = 0; round < 15; round++) {
      const id = await started(smith);
      await doe.post(id, 'before');
      await Promise.all([join(smith, id), doe.post(id, 'amid'), doe.post(id, 'amid too')]);
      const { sequence } = await doe.post(id, 'after');
      await eventually('the last one', () => smith.documents.message.has(`${id}/${sequence}`));
      const seen = await pageOf(smith, id);
      expect(smith.texts(id)).toEqual(seen);
      expect(seen).not.toContain('before');
      expect(seen.at(-1)).toBe('after');
      const tab = smith.documents.tab.get(id)?.doc;
      expect(sequence - (tab?.readMarker ?? 0)).toBe(seen.length);
      const found = await smith.query('transcript.search', { conversationId: id, text: 'amid', limit: 10 });
      expect(found.ok && found.result.messages.length).toBe(seen.length - 1);
    }
  }, 60_000);

  it('S43 S57 S59 S66 who comes back has their earlier stay, nothing of the absence; another connection counts the same', async () => {
    const id = await started(smith);
    await join(smith, id);
    await doe.post(id, 'one');
    await smith.accepted('conversation.leave', { conversationId: id });
    await doe.post(id, 'absent');
    expect((await smith.query('transcript.page', { conversationId: id, limit: 10 })).ok).toBe(false);
    await doe.accepted('conversation.invite', { conversationId: id, users: [smith.userId] });
    await join(smith, id);
    const { sequence } = await doe.post(id, 'two');
    expect(await pageOf(smith, id)).toEqual(['one', 'two']);
    await eventually('two', () => smith.documents.message.has(`${id}/${sequence}`));
    const fresh = await smith.freshSnapshot();
    expect(fresh.tabs.map(({ doc }) => doc)).toEqual([smith.documents.tab.get(id)?.doc]);
    expect(sequence - (fresh.tabs[0]?.doc.readMarker ?? 0)).toBe(1);
  });

  it('a correction and a retraction reach page, messages and search; a retracted text is nowhere', async () => {
    const id = await started(smith);
    await join(smith, id);
    const one = await doe.post(id, 'apples');
    const two = await doe.post(id, 'pears');
    await doe.accepted('message.react', { conversationId: id, sequence: two.sequence, reaction: '👍' });
    await doe.accepted('message.correct', { conversationId: id, sequence: one.sequence, text: 'plums' });
    await doe.accepted('message.retract', { conversationId: id, sequence: two.sequence });
    await eventually('both', () => smith.texts(id).join() === 'plums,');
    const found = async (text: string): Promise<number> => {
      const answer = await smith.query('transcript.search', { text, limit: 10 });
      return answer.ok ? answer.result.messages.length : -1;
    };
    expect([await found('apples'), await found('plums'), await found('pears')]).toEqual([0, 1, 0]);
    const page = await smith.query('transcript.page', { conversationId: id, limit: 10 });
    expect(JSON.stringify(page)).not.toMatch(/apples|pears|👍/);
  });

  it('a page that is answered after a retraction was pushed never has the text', async () => {
    const id = await started(smith);
    await join(smith, id);
    for (let round = 0; round < 40; round++) {
      const text = `secret ${round}.`;
      const { sequence } = await doe.post(id, text);
      await eventually('the message', () => smith.documents.message.has(`${id}/${sequence}`));
      const retracted = doe.accepted('message.retract', { conversationId: id, sequence });
      const pages = [];
      for (let asked = 0; asked < 8; asked++) {
        pages.push(smith.query('transcript.page', { conversationId: id, limit: 10 }));
        await new Promise((resolve) => setImmediate(resolve));
      }
      await Promise.all([retracted, ...pages]);
      await eventually('the retraction', () => smith.documents.message.get(`${id}/${sequence}`)?.doc.text === null);
      const pushed = smith.frames.findIndex(
        (frame) =>
          frame.t === 'delta' &&
          JSON.stringify(frame.changes).includes('retractedAt":1') &&
          frame.changes.some(({ key }) => key === `${id}/${sequence}`),
      );
      const later = smith.frames.slice(pushed).filter((frame) => frame.t === 'answer');
      expect(JSON.stringify(later)).not.toContain(text);
    }
  }, 60_000);

  it('read marks go between those who share theirs, and to nobody else', async () => {
    const id = await started(smith, magnum);
    await join(smith, id);
    await join(magnum, id);
    const { sequence } = await doe.post(id, 'Hi');
    await magnum.accepted('desk.share-reading', { shared: false });
    for (const reader of [smith, magnum])
      await reader.accepted('desk.move-read-marker', { conversationId: id, sequence });
    await eventually('the mark', () => doe.documents.mark.has(`${id}/${smith.userId}`));
    const marks = async (client: WireClient): Promise<string[]> => {
      const answer = await client.query('conversation.read-marks', { conversationId: id });
      return answer.ok ? answer.result.marks.map(({ doc }) => doc.user).sort() : ['refused'];
    };
    expect(await marks(doe)).toEqual([smith.userId]);
    expect(await marks(magnum)).toEqual([]);
    expect(doe.documents.mark.has(`${id}/${magnum.userId}`)).toBe(false);
    expect(magnum.documents.mark.size).toBe(0);
  });

  it('SEC-9 a name comes with the change that says it, and to nobody else', async () => {
    const id = await started(smith, magnum);
    for (const client of [smith, magnum]) await eventually('the card', () => client.documents.invitation.has(id));
    await join(smith, id);
    const higgins = await world.client('jonathan.higgins');
    const before = magnum.frames.length;
    await doe.accepted('conversation.invite', { conversationId: id, users: [higgins.userId] });
    await eventually('the card', () => higgins.documents.invitation.has(id));
    const namesIn = (client: WireClient): string[] =>
      client.frames.flatMap((frame) => (frame.t === 'delta' ? (frame.people ?? []) : [])).map((person) => person.id);
    await eventually('the notice', () => namesIn(smith).includes(higgins.userId));
    expect(new Set(namesIn(higgins))).toEqual(new Set([doe.userId, smith.userId]));
    expect(magnum.frames.slice(before).filter(({ t }) => t === 'delta')).toEqual([]);
  });

  it('S43 S86 muting twice writes nothing, and whoever left and joined again can mute anew', async () => {
    const id = await started(smith);
    await join(smith, id);
    const mute = async (): Promise<number> => {
      const outcome = await smith.command('desk.mute', { conversationId: id, muted: true });
      if (!outcome.ok) throw new Error(outcome.error.code);
      return outcome.at;
    };
    const muted = (): boolean | undefined => smith.documents.tab.get(id)?.doc.muted;
    const first = await mute();
    expect(await mute()).toBe(first);
    await eventually('muted', () => muted() === true);
    await smith.accepted('conversation.leave', { conversationId: id });
    await doe.accepted('conversation.invite', { conversationId: id, users: [smith.userId] });
    await join(smith, id);
    await eventually('a fresh tab', () => muted() === false);
    const anew = await mute();
    expect(anew).toBeGreaterThan(first);
    expect(await mute()).toBe(anew);
    await eventually('muted again', () => muted() === true);
  });

  it('S82 ten groups side by side do not mix, and limits say what is wrong', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => started(smith)));
    await Promise.all(ids.map((id) => join(smith, id)));
    await Promise.all(ids.map((id) => doe.post(id, `only ${id}`)));
    for (const id of ids) {
      await eventually('the message', () => smith.texts(id).length === 1);
      expect(smith.texts(id)).toEqual([`only ${id}`]);
    }
    const title = await doe.command('conversation.title', { conversationId: ids[0]!, title: 'x'.repeat(101) });
    expect(title.ok || title.error.code).toBe('title-too-long');
    const many = Array.from({ length: 10 }, () => randomUUID());
    const unknown = await doe.command('conversation.invite', { conversationId: ids[0]!, users: many });
    expect(unknown.ok || unknown.error.code).toBe('not-found');
  });
});
