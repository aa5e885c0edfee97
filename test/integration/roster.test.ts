import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import { favoriteOf, rosterChangesOf, rosterEventsIn, typesOf } from '../support/rosters.js';
import type { WireClient } from '../support/wire-client.js';
import { ENGINES, World } from '../support/world.js';

describe.each(ENGINES)('rosters over the wire, engine %s', (engine) => {
  let world: World;
  let doe: WireClient;
  let smith: WireClient;

  const begin = async (environment: Record<string, string> = {}): Promise<void> => {
    world = await World.start({ engine, environment });
    doe = await world.client('john.doe');
    smith = await world.client('john.smith');
  };
  afterEach(() => world.close());

  const star = (from: WireClient, to: WireClient) => from.accepted('roster.add-favorite', { user: to.userId });
  const card = (at: WireClient, from: WireClient) => eventually('a card', () => at.documents.request.has(from.userId));
  const answer = (by: WireClient, to: WireClient, data: { accept: boolean; addToo?: boolean }) =>
    by.accepted('roster.answer-request', { from: to.userId, ...data });
  const accepted = (at: WireClient, of: WireClient) =>
    eventually('acceptance', () => favoriteOf(at, of.userId) === 'accepted');
  /** A star that was accepted. */
  const befriend = async (one: WireClient, other: WireClient): Promise<void> => {
    await star(one, other);
    await card(other, one);
    await answer(other, one, { accept: true });
    await accepted(one, other);
  };
  const refusal = async (outcome: ReturnType<WireClient['command']>): Promise<string> => {
    const answered = await outcome;
    return answered.ok ? 'ok' : answered.error.code;
  };

  it('S72 S74 S75 a star is a card at the other side, with a name; the yes comes back', async () => {
    await begin();
    await star(doe, smith);
    await card(smith, doe);
    const delta = smith.frames.find((frame) => frame.t === 'delta' && frame.changes[0]?.view === 'request');
    expect(delta).toMatchObject({ people: [{ id: doe.userId, name: 'John Doe' }] });
    await eventually('the star', () => favoriteOf(doe, smith.userId) !== undefined);
    expect(favoriteOf(doe, smith.userId)).toBe('asked');
    await answer(smith, doe, { accept: true });
    await accepted(doe, smith);
    await eventually('a watcher', () => smith.documents.watcher.has(doe.userId));
    expect(smith.documents.request.size).toBe(0);
    // One way: whoever says yes asks for nothing.
    expect(smith.documents.favorite.size + doe.documents.request.size + doe.documents.watcher.size).toBe(0);
  });

  it('S78 a yes with a star of one’s own makes both see each other, with no second card', async () => {
    await begin();
    await star(doe, smith);
    await card(smith, doe);
    await answer(smith, doe, { accept: true, addToo: true });
    await accepted(doe, smith);
    await accepted(smith, doe);
    await eventually('both watchers', () => doe.documents.watcher.has(smith.userId));
    expect(smith.documents.watcher.has(doe.userId)).toBe(true);
    expect(rosterChangesOf(doe).filter(({ view, op }) => view === 'request' && op === 'put')).toEqual([]);
    expect(typesOf(await rosterEventsIn(world.engine.log)).filter((type) => type === 'RequestReceived').length).toBe(1);
  });

  it('S16 S77 a no looks to the asker exactly like no answer', async () => {
    await begin();
    const magnum = await world.client('thomas.magnum');
    await star(doe, smith);
    await star(doe, magnum);
    await card(smith, doe);
    await card(magnum, doe);
    await eventually('both stars', () => doe.documents.favorite.size === 2);
    const before = doe.frames.length;
    await answer(smith, doe, { accept: false });
    await eventually('no card', () => smith.documents.request.size === 0);
    // Whatever the no had brought would come before what comes after it.
    const conversation = await doe.start(magnum.userId);
    await doe.post(conversation, 'Hi');
    await eventually('what came after', () => doe.texts(conversation).length > 0);
    expect(JSON.stringify(doe.frames.slice(before))).not.toContain(smith.userId);
    const { favorites, watchers, requests } = await doe.freshSnapshot();
    const said = favorites.map(({ doc: { user, state } }) => [user, state]).sort();
    expect(said).toEqual([smith, magnum].map(({ userId }) => [userId, 'asked']).sort());
    expect([watchers, requests]).toEqual([[], []]);
    expect(await refusal(smith.command('roster.answer-request', { from: doe.userId, accept: true }))).toBe(
      'request-void',
    );
  });

  it('S77 one who was asked a moment ago is not asked again, not even by a second star', async () => {
    await begin();
    await star(doe, smith);
    await card(smith, doe);
    const about = { user: smith.userId };
    expect(await refusal(doe.command('roster.resend-request', about))).toBe('asked-recently');
    await doe.accepted('roster.remove-favorite', about);
    await eventually('no card', () => smith.documents.request.size === 0);
    expect(await refusal(doe.command('roster.add-favorite', about))).toBe('asked-recently');
    expect(await refusal(doe.command('roster.resend-request', about))).toBe('not-a-favorite');
  });

  it('S77 later, one who said no is asked anew, one who did not answer has one card, one who said yes has none', async () => {
    await begin({ PARLEY_LIMIT_RESEND_MS: '1' });
    const resend = () =>
      eventually('another request', async () => (await doe.command('roster.resend-request', about)).ok);
    const about = { user: smith.userId };
    await star(doe, smith);
    await card(smith, doe);
    const first = smith.documents.request.get(doe.userId)?.at ?? 0;
    await resend();
    await eventually('the newer card', () => (smith.documents.request.get(doe.userId)?.at ?? 0) > first);
    expect(smith.documents.request.size).toBe(1);
    await answer(smith, doe, { accept: false });
    await eventually('no card', () => smith.documents.request.size === 0);
    await resend();
    await card(smith, doe);
    await answer(smith, doe, { accept: true });
    await accepted(doe, smith);
    const watching = smith.documents.watcher.get(doe.userId);
    const events = (await rosterEventsIn(world.engine.log)).length;
    await resend();
    await eventually('a standing yes', async () =>
      (await rosterEventsIn(world.engine.log)).slice(events).some(({ type }) => type === 'RequestAccepted'),
    );
    expect(favoriteOf(doe, smith.userId)).toBe('accepted');
    expect(smith.documents.request.size).toBe(0);
    expect(smith.documents.watcher.get(doe.userId)).toEqual(watching);
  });

  it('S74 a star that is clicked twenty times, and repeated by the network, is one card', async () => {
    await begin();
    const about = { user: smith.userId };
    const frames = Array.from({ length: 20 }, () => randomUUID());
    // Each goes out twice at once, as on a bad line, and the first one once more when everything is done.
    const clicks = frames.map((id) => {
      doe.send({ t: 'command', id, name: 'roster.add-favorite', data: about });
      return doe.accepted('roster.add-favorite', about, id);
    });
    await Promise.all(clicks);
    await card(smith, doe);
    await doe.accepted('roster.add-favorite', about, frames[0]);
    await answer(smith, doe, { accept: true });
    await accepted(doe, smith);
    expect(rosterChangesOf(smith).filter(({ view, op }) => view === 'request' && op === 'put').length).toBe(1);
    expect(typesOf(await rosterEventsIn(world.engine.log))).toEqual([
      'FavoriteRequested',
      'RequestReceived',
      'RequestAccepted',
      'FavoriteAccepted',
    ]);
  });

  it('S74 S76 who is not there finds the card at the next sign-in, and what was agreed at every later one', async () => {
    await begin();
    const { userId } = smith;
    smith.close();
    await doe.accepted('roster.add-favorite', { user: userId });
    await eventually('the card', async () => (await rosterEventsIn(world.engine.log)).length === 2);
    const back = await world.client('john.smith');
    expect([...back.documents.request.keys()]).toEqual([doe.userId]);
    const names = back.frames.flatMap((frame) => ('people' in frame ? (frame.people ?? []) : []));
    expect(names.map(({ name }) => name)).toContain('John Doe');
    await answer(back, doe, { accept: true });
    await accepted(doe, back);
    // The snapshot itself, and not the deltas after it.
    await world.server.settled();
    const { favorites, people } = await doe.freshSnapshot();
    expect(favorites.map(({ doc: { user, state } }) => [user, state])).toEqual([[userId, 'accepted']]);
    expect(people.map(({ name }) => name)).toContain('John Smith');
    expect((await back.freshSnapshot()).watchers.map(({ doc }) => doc.user)).toEqual([doe.userId]);
  });

  it('S79 S81 a star that is taken away is gone from every device, and so is the watcher', async () => {
    await begin();
    const phone = await world.client('john.doe');
    await befriend(doe, smith);
    await eventually('the star', () => favoriteOf(phone, smith.userId) === 'accepted');
    await doe.accepted('roster.remove-favorite', { user: smith.userId });
    for (const device of [doe, phone]) await eventually('no star', () => device.documents.favorite.size === 0);
    await eventually('no watcher', () => smith.documents.watcher.size === 0);
    // Once more changes nothing.
    await phone.accepted('roster.remove-favorite', { user: smith.userId });
    expect((await doe.freshSnapshot()).favorites).toEqual([]);
  });

  it('S81 a card is gone when whoever asked does not want it any more', async () => {
    await begin();
    await star(doe, smith);
    await card(smith, doe);
    await doe.accepted('roster.remove-favorite', { user: smith.userId });
    await eventually('no card', () => smith.documents.request.size === 0);
    expect(await refusal(smith.command('roster.answer-request', { from: doe.userId, accept: true }))).toBe(
      'request-void',
    );
  });

  it('S73 a watcher who is revoked is told nothing, and keeps the star', async () => {
    await begin();
    await befriend(doe, smith);
    const before = doe.frames.length;
    await smith.accepted('roster.revoke-watcher', { user: doe.userId });
    await eventually('no watcher', () => smith.documents.watcher.size === 0);
    const conversation = await doe.start((await world.client('thomas.magnum')).userId);
    await doe.post(conversation, 'Hi');
    await eventually('what came after', () => doe.texts(conversation).length > 0);
    expect(
      doe.frames.slice(before).filter((frame) => frame.t === 'delta' && /favorite/.test(JSON.stringify(frame))),
    ).toEqual([]);
    expect(favoriteOf(doe, smith.userId)).toBe('accepted');
  });

  it('S14 S33 nobody but its owner is sent anything of a roster', async () => {
    await begin();
    const others = await Promise.all(['thomas.magnum', 'hm.murdock'].map((login) => world.client(login)));
    const conversation = await doe.start(others[0]?.userId ?? '');
    await befriend(doe, smith);
    await befriend(smith, doe);
    await smith.accepted('roster.revoke-watcher', { user: doe.userId });
    await doe.accepted('roster.remove-favorite', { user: smith.userId });
    await doe.post(conversation, 'after all that');
    await eventually('what came after', () => others[0]?.texts(conversation).length === 1);
    for (const other of others) {
      expect(rosterChangesOf(other)).toEqual([]);
      expect(await other.freshSnapshot()).toMatchObject({ favorites: [], requests: [], watchers: [] });
    }
    // And of the two, each is told of their own alone: keys name the other one.
    for (const [client, other] of [
      [doe, smith],
      [smith, doe],
    ] as const)
      for (const { key } of rosterChangesOf(client)) expect(key).toBe(other.userId);
  });

  it('S77 two who ask each other have a card each', async () => {
    await begin();
    await Promise.all([star(doe, smith), star(smith, doe)]);
    await card(smith, doe);
    await card(doe, smith);
    await answer(smith, doe, { accept: true, addToo: true });
    await accepted(doe, smith);
    expect(favoriteOf(smith, doe.userId)).toBe('asked');
    await answer(doe, smith, { accept: true });
    await accepted(smith, doe);
  });

  it('S72 SEC-10 the star is for people who are there, and for others than oneself', async () => {
    await begin({ PARLEY_LIMIT_FAVORITES: '1' });
    const murdock = await world.person('hm.murdock');
    await world.server.operations('user.disable', { login: 'hm.murdock' });
    await world.server.settled();
    const add = (user: string) => doe.command('roster.add-favorite', { user });
    expect(await refusal(add(doe.userId))).toBe('with-oneself');
    const [gone, never] = [await add(murdock.userId), await add(randomUUID())];
    expect(gone).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect({ ...gone, id: '' }).toEqual({ ...never, id: '' });
    await star(doe, smith);
    expect(await refusal(add((await world.person('anna.prades')).userId))).toBe('too-many-favorites');
  });
});
