import { randomUUID } from 'node:crypto';
import { POLICY } from '../../src/application/authorization/policy.js';
import type { CommandName, Commands, Queries, QueryName } from '../../src/application/protocol/index.js';
import { eventually } from '../support/eventually.js';
import type { WireClient } from '../support/wire-client.js';
import { World } from '../support/world.js';

/** How somebody stands to the group; `elsewhere` asks about a conversation that does not exist. */
const ROLES = ['creator', 'joined', 'invited', 'declined', 'withdrawn', 'left', 'stranger', 'elsewhere'] as const;
type Role = (typeof ROLES)[number];
const INSIDE: readonly Role[] = ['creator', 'joined'];
const NO: readonly Role[] = [];

interface Concern {
  readonly conversationId: string;
  /** Somebody outside of the group. */
  readonly other: string;
}
interface Row<Data> {
  readonly data: (concern: Concern) => Data;
  /** Who is let through; the others get `refusal`, whether there is such a conversation or not. */
  readonly allowed: readonly Role[];
  readonly refusal: string;
  /** Of those who are let in, what the state refuses to some. */
  readonly instead?: Readonly<Partial<Record<Role, string>>>;
}
/** Nothing about any conversation. */
const EVERYBODY = ROLES;

const COMMANDS: { readonly [N in CommandName]: Row<Commands[N]['data']> } = {
  'conversation.start': { data: ({ other }) => ({ with: other }), allowed: EVERYBODY, refusal: 'not-found' },
  'conversation.start-group': { data: ({ other }) => ({ with: [other] }), allowed: EVERYBODY, refusal: 'not-found' },
  'conversation.post': { data: (of) => ({ ...id(of), text: 'Hi' }), allowed: INSIDE, refusal: 'not-found' },
  'conversation.invite': { data: (of) => ({ ...id(of), users: [of.other] }), allowed: INSIDE, refusal: 'not-found' },
  'conversation.withdraw': {
    data: (of) => ({ ...id(of), user: of.other }),
    allowed: NO,
    refusal: 'not-found',
    instead: { creator: 'invitation-void', joined: 'invitation-void' },
  },
  'conversation.join': { data: id, allowed: ['creator', 'joined', 'invited'], refusal: 'invitation-void' },
  'conversation.decline': {
    data: id,
    allowed: ['invited'],
    refusal: 'invitation-void',
  },
  'conversation.leave': { data: id, allowed: INSIDE, refusal: 'not-found' },
  'conversation.title': { data: (of) => ({ ...id(of), title: 'A name' }), allowed: INSIDE, refusal: 'not-found' },
  'message.correct': {
    data: (of) => ({ ...first(of), text: 'better' }),
    allowed: ['creator'],
    refusal: 'not-found',
    instead: { joined: 'not-the-author' },
  },
  'message.retract': {
    data: first,
    allowed: ['creator'],
    refusal: 'not-found',
    instead: { joined: 'not-the-author' },
  },
  'message.react': { data: (of) => ({ ...first(of), reaction: '👍' }), allowed: INSIDE, refusal: 'not-found' },
  'message.unreact': { data: (of) => ({ ...first(of), reaction: '👍' }), allowed: INSIDE, refusal: 'not-found' },
  'desk.mute': { data: (of) => ({ ...id(of), muted: true }), allowed: INSIDE, refusal: 'not-found' },
  'desk.share-reading': { data: () => ({ shared: false }), allowed: EVERYBODY, refusal: 'not-found' },
  'desk.set-schedule': { data: () => ({ schedule: null }), allowed: EVERYBODY, refusal: 'not-found' },
  'presence.choose': {
    data: () => ({ availability: 'busy', text: null, until: null }),
    allowed: EVERYBODY,
    refusal: 'not-found',
  },
  // In this order nobody asked anybody yet; how people stand to a roster has a table of its own below.
  'roster.resend-request': { data: ({ other }) => ({ user: other }), allowed: NO, refusal: 'not-a-favorite' },
  'roster.answer-request': {
    data: ({ other }) => ({ from: other, accept: true }),
    allowed: NO,
    refusal: 'request-void',
  },
  'roster.revoke-watcher': { data: ({ other }) => ({ user: other }), allowed: EVERYBODY, refusal: 'not-found' },
  'roster.remove-favorite': { data: ({ other }) => ({ user: other }), allowed: EVERYBODY, refusal: 'not-found' },
  'roster.add-favorite': { data: ({ other }) => ({ user: other }), allowed: EVERYBODY, refusal: 'not-found' },
  'desk.open-tab': { data: id, allowed: INSIDE, refusal: 'not-found' },
  'desk.close-tab': { data: (of) => ({ ...id(of), upTo: 1 }), allowed: INSIDE, refusal: 'not-found' },
  'desk.move-read-marker': { data: first, allowed: INSIDE, refusal: 'not-found' },
};

const QUERIES: { readonly [N in QueryName]: Row<Queries[N]['data']> } = {
  'people.find': { data: () => ({ text: 'magnum' }), allowed: EVERYBODY, refusal: 'not-found' },
  'people.get': { data: ({ other }) => ({ ids: [other] }), allowed: EVERYBODY, refusal: 'not-found' },
  'transcript.page': { data: (of) => ({ ...id(of), limit: 10 }), allowed: INSIDE, refusal: 'not-found' },
  'transcript.messages': { data: (of) => ({ ...id(of), sequences: [1] }), allowed: INSIDE, refusal: 'not-found' },
  'transcript.search': {
    data: (of) => ({ ...id(of), text: 'secret', limit: 10 }),
    allowed: INSIDE,
    refusal: 'not-found',
  },
  'conversation.read-marks': { data: id, allowed: INSIDE, refusal: 'not-found' },
};

function id({ conversationId }: Concern): { conversationId: string } {
  return { conversationId };
}
function first({ conversationId }: Concern): { conversationId: string; sequence: number } {
  return { conversationId, sequence: 1 };
}

const LOGINS: Readonly<Record<Role, string>> = {
  creator: 'john.doe',
  joined: 'john.smith',
  invited: 'thomas.magnum',
  declined: 'jonathan.higgins',
  withdrawn: 'hm.murdock',
  left: 'templeton.peck',
  stranger: 'anna.prades',
  elsewhere: 'anna.prades',
};

describe('who may do what, on the wire', () => {
  let world: World;
  let people: Record<Role, WireClient>;
  let conversationId: string;

  beforeAll(async () => {
    world = await World.start();
    const clients = await Promise.all(ROLES.map((role) => world.client(LOGINS[role])));
    people = Object.fromEntries(ROLES.map((role, index) => [role, clients[index]])) as typeof people;
  });
  afterAll(() => world.close());

  /** A group in which everybody stands as their role says; the creator said one thing, before and after the joining. */
  const group = async (): Promise<string> => {
    const { creator, joined, invited, declined, withdrawn, left } = people;
    const guests = [joined, invited, declined, withdrawn, left].map(({ userId }) => userId);
    const made = await creator.accepted('conversation.start-group', { with: guests });
    const about = { conversationId: made.conversationId };
    await joined.accepted('conversation.join', about);
    await left.accepted('conversation.join', about);
    await creator.post(made.conversationId, 'a secret');
    await left.accepted('conversation.leave', about);
    await declined.accepted('conversation.decline', about);
    await creator.accepted('conversation.withdraw', { ...about, user: withdrawn.userId });
    return made.conversationId;
  };
  const concern = (role: Role): Concern => ({
    conversationId: role === 'elsewhere' ? randomUUID() : conversationId,
    other: LOGINS[role] === LOGINS.stranger ? people.creator.userId : people.stranger.userId,
  });
  const expected = ({ allowed, refusal, instead }: Row<never>, role: Role): string =>
    allowed.includes(role) ? 'ok' : (instead?.[role] ?? refusal);

  it.each(Object.keys(COMMANDS) as CommandName[])('S33 SEC-8 SEC-10 %s', async (name) => {
    const row = COMMANDS[name] as Row<never>;
    const found: Partial<Record<Role, string>> = {};
    const bodies = new Set<string>();
    for (const role of ROLES) {
      // Each in a group of its own: what one may do, the next one would find done.
      conversationId = await group();
      const outcome = await people[role].command(name, row.data(concern(role)));
      found[role] = outcome.ok ? 'ok' : outcome.error.code;
      if (!outcome.ok && outcome.error.code === row.refusal) bodies.add(JSON.stringify(outcome.error));
    }
    expect(found).toEqual(Object.fromEntries(ROLES.map((role) => [role, expected(row, role)])));
    // What does not exist and what is not one's own are answered alike, to the letter.
    expect(bodies.size).toBeLessThanOrEqual(1);
  });

  it.each(Object.keys(QUERIES) as QueryName[])('S33 S41 SEC-8 SEC-10 %s', async (name) => {
    const row = QUERIES[name] as Row<never>;
    conversationId = await group();
    const found: Partial<Record<Role, string>> = {};
    const bodies = new Set<string>();
    for (const role of ROLES) {
      const answer = await people[role].query(name, row.data(concern(role)));
      found[role] = answer.ok ? 'ok' : answer.error.code;
      if (!answer.ok) bodies.add(JSON.stringify(answer.error));
      else if (!INSIDE.includes(role)) expect(JSON.stringify(answer)).not.toContain('a secret');
    }
    expect(found).toEqual(Object.fromEntries(ROLES.map((role) => [role, expected(row, role)])));
    expect(bodies.size).toBeLessThanOrEqual(1);
  });

  it('SEC-8 has a row for each use case of the socket', () => {
    const onTheWire = Object.keys(POLICY).filter((name) =>
      /^(conversation|message|transcript|people|desk|roster|presence)\./.test(name),
    );
    expect([...Object.keys(COMMANDS), ...Object.keys(QUERIES), 'desk.snapshot'].sort()).toEqual(onTheWire.sort());
  });

  it('S57 whoever left is sent nothing more, not even that somebody is writing', async () => {
    conversationId = await group();
    const { creator, joined, left } = people;
    await eventually('gone', () => !left.documents.conversation.has(conversationId));
    const before = left.frames.length;
    await creator.post(conversationId, 'after');
    creator.send({ t: 'writing', conversationId });
    await eventually('told', () => joined.frames.some((frame) => frame.t === 'writer'));
    await eventually('heard', () => joined.texts(conversationId).includes('after'));
    expect(left.frames.slice(before).filter((frame) => frame.t !== 'ping')).toEqual([]);
  });
});

describe('who may do what with a roster, on the wire', () => {
  type RosterCommandName = Extract<CommandName, `roster.${string}`>;
  const NAMES = [
    'roster.resend-request',
    'roster.answer-request',
    'roster.add-favorite',
    'roster.revoke-watcher',
    'roster.remove-favorite',
  ] as const satisfies readonly RosterCommandName[];
  let world: World;
  let people: WireClient[];
  beforeAll(async () => {
    world = await World.start();
    people = await Promise.all([...new Set(Object.values(LOGINS))].map((login) => world.client(login)));
  });
  afterAll(() => world.close());

  const star = (one: WireClient, other: WireClient) => one.accepted('roster.add-favorite', { user: other.userId });
  const asked = async (one: WireClient, other: WireClient): Promise<void> => {
    await star(one, other);
    await eventually('a card', () => other.documents.request.has(one.userId));
  };
  const answered = async (one: WireClient, other: WireClient, accept: boolean): Promise<void> => {
    await asked(one, other);
    await other.accepted('roster.answer-request', { from: one.userId, accept });
    await eventually('no card', () => !other.documents.request.has(one.userId));
    if (accept) await eventually('a yes', () => one.documents.favorite.get(other.userId)?.doc.state === 'accepted');
  };
  const revoked = async (one: WireClient, other: WireClient): Promise<void> => {
    await answered(one, other, true);
    await other.accepted('roster.revoke-watcher', { user: one.userId });
  };
  const nothing = () => Promise.resolve();

  /** How one stands to the other, and what the five commands then come to, in the order of `NAMES`. */
  const STANDINGS: readonly (readonly [string, (one: WireClient, other: WireClient) => Promise<void>, string[]])[] = [
    ['strangers', nothing, ['not-a-favorite', 'request-void', 'ok', 'ok', 'ok']],
    ['one who asked', asked, ['asked-recently', 'request-void', 'ok', 'ok', 'ok']],
    ['one who is asked', (one, other) => asked(other, one), ['not-a-favorite', 'ok', 'ok', 'ok', 'ok']],
    ['one who was told yes', (a, b) => answered(a, b, true), ['asked-recently', 'request-void', 'ok', 'ok', 'ok']],
    ['one who was told no', (a, b) => answered(a, b, false), ['asked-recently', 'request-void', 'ok', 'ok', 'ok']],
    ['one who said yes', (a, b) => answered(b, a, true), ['not-a-favorite', 'request-void', 'ok', 'ok', 'ok']],
    ['one who said no', (a, b) => answered(b, a, false), ['not-a-favorite', 'request-void', 'ok', 'ok', 'ok']],
    ['one who was revoked', revoked, ['asked-recently', 'request-void', 'ok', 'ok', 'ok']],
    ['one who revoked', (one, other) => revoked(other, one), ['not-a-favorite', 'request-void', 'ok', 'ok', 'ok']],
  ];
  it.each(STANDINGS.map((row, n) => [...row, n] as const))('S16 S77 SEC-8 %s', async (_, stand, expected, n) => {
    // Each in a pair of their own: 0 with 1, 2, …, then 1 with 2, …
    const pairs = people.flatMap((one, index) => people.slice(index + 1).map((other) => [one, other] as const));
    const [one, other] = pairs[n]!;
    await stand(one, other);
    const found: string[] = [];
    for (const name of NAMES) {
      const data = name === 'roster.answer-request' ? { from: other.userId, accept: true } : { user: other.userId };
      const outcome = await one.command(name, data);
      found.push(outcome.ok ? 'ok' : outcome.error.code);
    }
    expect(found).toEqual(expected);
  });
});
