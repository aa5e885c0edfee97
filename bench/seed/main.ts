import { randomBytes, randomUUID } from 'node:crypto';
import type { CommandId, ConversationId, MessageId, SessionId, UserId } from '../../src/domain/kernel/ids.js';
import type { Instant } from '../../src/domain/kernel/instant.js';
import type { StreamId } from '../../src/application/ports/event-log.js';
import { built } from '../built.js';
import { serveCalls } from '../helpers/calls.js';
import { together } from '../waiting.js';
import {
  eventsOf,
  eventsOfGroup,
  PASSWORD,
  RARE_WORD,
  RARELY,
  type PlannedConversation,
  type PlannedGroup,
  type Seeded,
  type SeededPerson,
  type SeedPlan,
} from './plan.js';
import { StreamWriter, type SeedTools } from './stream-writer.js';

/** Streams that are written at once; each append is many events, and what comes together shares a commit. */
const AT_ONCE = 4;
const TEXT = 'A message of one hundred bytes, as people write them: a line or two, and then they wait for a reply';
const SPECIAL = TEXT.replace('hundred', RARE_WORD);

const textOf = (sequence: number): string => (sequence % RARELY === 0 ? SPECIAL : TEXT);

const modules = async () => {
  const [{ account }, { conversation }, { desk }, { roster }, { uuidv5 }, { directConversationId }, { tokenHash }] =
    await Promise.all([
      built.account(),
      built.conversation(),
      built.desk(),
      built.roster(),
      built.uuid(),
      built.directConversationId(),
      built.tokenHash(),
    ]);
  return { account, conversation, desk, roster, uuidv5, directConversationId, tokenHash };
};
type Modules = Awaited<ReturnType<typeof modules>>;

const seed = async ({ dataDir, plan }: { dataDir: string; plan: SeedPlan }): Promise<Seeded> => {
  const from = await modules();
  const [{ openEngine }, { Argon2Hasher }] = await Promise.all([built.engine(), built.hasher()]);
  const passwordHash = await new Argon2Hasher().hash(PASSWORD);
  const engine = await openEngine({ dataDir, eventStoreUrl: null, mongodbUrl: null });
  const expected =
    plan.people +
    plan.conversations.reduce((sum, planned) => sum + eventsOf(planned), 0) +
    (plan.groups ?? []).reduce((sum, planned) => sum + eventsOfGroup(planned), 0);
  let instant = Date.now() - expected - plan.people;
  const tools: SeedTools = { engine, uuidv5: from.uuidv5, now: () => instant++ as Instant };
  const people = await seedPeople(tools, from, plan.people, passwordHash);
  const conversations = await seedConversations(tools, from, plan.conversations, people);
  const groups = await seedGroups(tools, from, plan.groups ?? [], people);
  await seedFavorites(tools, from, plan.favorites ?? 0, people);
  const events = await engine.log.head();
  await engine.close();
  return { events, people, conversations, groups };
};

/** Accounts that are signed in, without the time that each check of a password takes. */
const seedPeople = async (
  tools: SeedTools,
  { account, uuidv5, tokenHash }: Modules,
  count: number,
  passwordHash: string,
): Promise<SeededPerson[]> => {
  const people = Array.from({ length: count }, (_, index) => ({
    id: randomUUID() as unknown as UserId,
    login: `person${index}`,
    token: randomBytes(32).toString('base64url'),
  }));
  const { engine } = tools;
  await engine.credentials.reserve(people.map(({ id, login }) => ({ login, userId: id, passwordHash })));
  await engine.keys.obtainAll(people.map(({ id }) => id));
  const register = people.map(({ id, login, token }, index) => async () => {
    const writer = new StreamWriter(tools, `account-${id}` as StreamId, account);
    const data = { userId: id, login, displayName: `Person ${index}`, email: `${login}@example.org` };
    await writer.tell({ type: 'RegisterAccount', data }, 'system', uuidv5(id, 'register') as CommandId);
    await writer.finish();
    const now = Date.now() as Instant;
    const session = { id: randomUUID() as unknown as SessionId, userId: id, startedAt: now, lastSeenAt: now };
    await engine.sessions.add(tokenHash(token), session);
  });
  await together(register, 256);
  return people;
};

const seedConversations = async (
  tools: SeedTools,
  { conversation, desk, directConversationId }: Modules,
  planned: readonly PlannedConversation[],
  people: readonly SeededPerson[],
): Promise<Seeded['conversations']> => {
  const idOf = (index: number): UserId => people[index]?.id as UserId;
  const desks = people.map(({ id }) => new StreamWriter(tools, `desk-${id}` as StreamId, desk));
  const made = planned.map(({ one, other }) => ({ id: directConversationId(idOf(one), idOf(other)), one, other }));
  const write = async ({ one, other, messages, tabs }: PlannedConversation, id: ConversationId): Promise<void> => {
    const writer = new StreamWriter(tools, `conversation-${id}` as StreamId, conversation);
    const start = { conversationId: id, with: idOf(other) };
    await writer.tell({ type: 'StartDirectConversation', data: start }, idOf(one));
    if (tabs)
      for (const owner of [one, other])
        await desks[owner]?.tell({ type: 'OpenTab', data: { conversationId: id } }, idOf(owner));
    for (let sequence = 1; sequence <= messages; sequence++) {
      const [author, reader] = sequence % 2 === 1 ? [one, other] : [other, one];
      const messageId = randomUUID() as unknown as MessageId;
      const post = { conversationId: id, messageId, text: textOf(sequence), replyTo: null, mentions: [] };
      await writer.tell({ type: 'PostMessage', data: post }, idOf(author), messageId as unknown as CommandId);
      if (tabs && sequence % 10 === 0)
        await desks[reader]?.tell({ type: 'MoveReadMarker', data: { conversationId: id, sequence } }, idOf(reader));
    }
    await writer.finish();
  };
  await together(
    planned.map((one, index) => () => write(one, made[index]?.id as ConversationId)),
    AT_ONCE,
  );
  await together(
    desks.map((writer) => () => writer.finish()),
    AT_ONCE,
  );
  return made;
};

const seedGroups = async (
  tools: SeedTools,
  { conversation }: Modules,
  planned: readonly PlannedGroup[],
  people: readonly SeededPerson[],
): Promise<Seeded['groups']> => {
  const idOf = (index: number | undefined): UserId => people[index ?? 0]?.id as UserId;
  const made = planned.map(({ members }) => ({ id: randomUUID() as unknown as ConversationId, members }));
  const write = async ({ members, messages }: PlannedGroup, id: ConversationId): Promise<void> => {
    const writer = new StreamWriter(tools, `conversation-${id}` as StreamId, conversation);
    const [starter, ...others] = members;
    const start = { conversationId: id, invited: others.map(idOf), title: 'A group' };
    await writer.tell({ type: 'StartGroupConversation', data: start }, idOf(starter));
    for (const member of others)
      await writer.tell({ type: 'JoinConversation', data: { conversationId: id } }, idOf(member));
    for (let sequence = 1; sequence <= messages; sequence++) {
      const messageId = randomUUID() as unknown as MessageId;
      const post = { conversationId: id, messageId, text: textOf(sequence), replyTo: null, mentions: [] };
      const author = idOf(members[sequence % members.length]);
      await writer.tell({ type: 'PostMessage', data: post }, author, messageId as unknown as CommandId);
    }
    await writer.finish();
  };
  await together(
    planned.map((one, index) => () => write(one, made[index]?.id as ConversationId)),
    AT_ONCE,
  );
  return made;
};

const seedFavorites = async (
  tools: SeedTools,
  { roster }: Modules,
  favorites: number,
  people: readonly SeededPerson[],
): Promise<void> => {
  if (favorites === 0) return;
  const idOf = (index: number): UserId => people[(index + people.length) % people.length]?.id as unknown as UserId;
  const write = async (index: number): Promise<void> => {
    const owner = idOf(index);
    const writer = new StreamWriter(tools, `roster-${owner}` as StreamId, roster);
    for (let distance = 1; distance <= favorites / 2; distance++)
      for (const user of [idOf(index - distance), idOf(index + distance)]) {
        const asked = { owner, from: user, request: 1, inReturn: false, askedAt: tools.now() };
        await writer.tell({ type: 'AddFavorite', data: { owner, user } }, owner);
        await writer.tell({ type: 'ReceiveRequest', data: asked }, 'system');
        await writer.tell({ type: 'AnswerRequest', data: { owner, from: user, accept: true, addToo: false } }, owner);
        await writer.tell({ type: 'ConfirmFavorite', data: { owner, user, request: 1 } }, 'system');
      }
    await writer.finish();
  };
  await together(
    people.map((_, index) => () => write(index)),
    256,
  );
  // The process has nothing left to do: else the server would look at each of these once more while it is measured.
  const done = { version: 1, revision: await tools.engine.log.head(), state: 'null' };
  await tools.engine.snapshots.save('roster-process:favorite-requests', done);
};

serveCalls({ seed });
