import { z } from 'zod';
import type {
  ClientFrame,
  CommandName,
  Commands,
  Limits,
  Queries,
  QueryName,
} from '../../application/protocol/index.js';

/** Ids come in the one canonical form of RFC 9562, lower case, so that equal ids are equal texts. */
const uuid = z
  .uuid()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'is not a UUID in lower case');
const text = z.string().refine((value) => value.isWellFormed(), 'has a lone surrogate');
const position = z.int().nonnegative();
const place = z.int().nonnegative().max(9_999_999_999);
const sequence = place.min(1);

type SchemaOf<T> = z.ZodType<T>;

const title = text.max(1_000);
const message = { conversationId: uuid, sequence };
/** One emoji, of at most that many UTF-16 units; which ones there are is the domain's to say. */
const reaction = text.min(1).max(64);

const MINUTES_OF_DAY = 24 * 60;
const minute = z
  .int()
  .nonnegative()
  .max(MINUTES_OF_DAY - 1);
const weekly = z.strictObject({ days: z.array(z.int().min(1).max(7)).min(1).max(7), from: minute, to: minute });
const schedule = z.strictObject({
  zone: z.string().min(1).max(64),
  workingHours: weekly.nullable(),
  doNotDisturb: z.array(weekly).max(5),
});

const commandData = (limits: Limits): { readonly [N in CommandName]: SchemaOf<Commands[N]['data']> } => ({
  'conversation.start': z.strictObject({ with: uuid }),
  'conversation.post': z.strictObject({
    conversationId: uuid,
    text,
    replyTo: sequence.exactOptional(),
    mentions: z.array(uuid).max(MENTIONS_MOST).exactOptional(),
  }),
  // The decider says how many people a group may have, in words for people; the schema only bounds what is looked at.
  'conversation.start-group': z.strictObject({
    with: z
      .array(uuid)
      .min(1)
      .max(2 * limits.participants),
    title: title.exactOptional(),
  }),
  'conversation.invite': z.strictObject({
    conversationId: uuid,
    users: z
      .array(uuid)
      .min(1)
      .max(2 * limits.participants),
  }),
  'conversation.withdraw': z.strictObject({ conversationId: uuid, user: uuid }),
  'conversation.join': z.strictObject({ conversationId: uuid }),
  'conversation.decline': z.strictObject({ conversationId: uuid }),
  'conversation.leave': z.strictObject({ conversationId: uuid }),
  'conversation.title': z.strictObject({ conversationId: uuid, title: title.nullable() }),
  'message.correct': z.strictObject({ ...message, text }),
  'message.retract': z.strictObject(message),
  'message.react': z.strictObject({ ...message, reaction }),
  'message.unreact': z.strictObject({ ...message, reaction }),
  'desk.mute': z.strictObject({ conversationId: uuid, muted: z.boolean() }),
  'desk.share-reading': z.strictObject({ shared: z.boolean() }),
  'desk.set-schedule': z.strictObject({ schedule: schedule.nullable() }),
  'roster.add-favorite': z.strictObject({ user: uuid }),
  'roster.resend-request': z.strictObject({ user: uuid }),
  'roster.remove-favorite': z.strictObject({ user: uuid }),
  'roster.answer-request': z
    .strictObject({ from: uuid, accept: z.boolean(), addToo: z.boolean().exactOptional() })
    .refine(({ accept, addToo }) => accept || addToo !== true, 'who declines adds nobody'),
  'roster.revoke-watcher': z.strictObject({ user: uuid }),
  'presence.choose': z.strictObject({
    availability: z.enum(['available', 'busy', 'away']),
    text: text.min(1).max(1_000).nullable(),
    until: position.nullable(),
  }),
  'desk.open-tab': z.strictObject({ conversationId: uuid }),
  'desk.close-tab': z.strictObject({ conversationId: uuid, upTo: position }),
  'desk.move-read-marker': z.strictObject({ conversationId: uuid, sequence }),
});

/** People whom one message addresses. */
const MENTIONS_MOST = 50;

/** Shortest text that people are looked for by: one letter would list the directory in 26 questions. */
const FIND_MIN = 2;

const queryData = (limits: Limits): { readonly [N in QueryName]: SchemaOf<Queries[N]['data']> } => ({
  'people.find': z.strictObject({
    text: text.max(100).refine((value) => value.trim().length >= FIND_MIN, 'is too short'),
  }),
  'people.get': z.strictObject({ ids: z.array(uuid).min(1).max(100) }),
  'transcript.page': z
    .strictObject({
      conversationId: uuid,
      before: place.exactOptional(),
      beforeNotice: place.exactOptional(),
      after: place.exactOptional(),
      afterNotice: place.exactOptional(),
      limit: z.int().positive().max(limits.pageSize),
    })
    .refine(({ before, after }) => before === undefined || after === undefined, 'has both before and after')
    .refine(({ before, beforeNotice }) => before !== undefined || beforeNotice === undefined, 'has no before')
    .refine(({ after, afterNotice }) => after !== undefined || afterNotice === undefined, 'has no after'),
  'transcript.messages': z.strictObject({ conversationId: uuid, sequences: z.array(sequence).min(1).max(100) }),
  'transcript.search': z
    .strictObject({
      text: text.max(100),
      conversationId: uuid.exactOptional(),
      before: sequence.exactOptional(),
      limit: z.int().positive().max(limits.pageSize),
    })
    .refine(
      ({ before, conversationId }) => before === undefined || conversationId !== undefined,
      'before goes with a conversation',
    ),
  'conversation.read-marks': z.strictObject({ conversationId: uuid }),
});

const byName = (kind: 'command' | 'query', id: z.ZodType, data: Readonly<Record<string, z.ZodType>>): z.ZodType[] =>
  Object.entries(data).map(([name, schema]) =>
    z.strictObject({ t: z.literal(kind), id, name: z.literal(name), data: schema }),
  );

export type FrameCheck = (value: unknown) => { frame: ClientFrame } | { problem: string; unknown: boolean };

/** One schema per frame and name, found by table: an unknown name is told apart from a wrong form. */
export const frameCheck = (limits: Limits): FrameCheck => {
  const plain: Record<string, z.ZodType> = {
    hello: z.strictObject({ t: z.literal('hello'), version: z.int(), resume: position.exactOptional() }),
    writing: z.strictObject({ t: z.literal('writing'), conversationId: uuid }),
    activity: z.strictObject({ t: z.literal('activity'), active: z.boolean() }),
    pong: z.strictObject({ t: z.literal('pong') }),
    resync: z.strictObject({ t: z.literal('resync'), resume: position.exactOptional() }),
  };
  const named = new Map<string, z.ZodType>();
  const add = (kind: 'command' | 'query', id: z.ZodType, data: Readonly<Record<string, z.ZodType>>): void => {
    const schemas = byName(kind, id, data);
    Object.keys(data).forEach((name, index) => named.set(`${kind} ${name}`, schemas[index] as z.ZodType));
  };
  add('command', uuid, commandData(limits));
  add('query', z.string().min(1).max(64), queryData(limits));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { problem: 'not an object', unknown: false };
    const { t, name } = value as { t?: unknown; name?: unknown };
    const schema =
      typeof t !== 'string' ? undefined : Object.hasOwn(plain, t) ? plain[t] : named.get(`${t} ${String(name)}`);
    if (!schema) return { problem: 'no such frame', unknown: typeof t === 'string' };
    const checked = schema.safeParse(value);
    if (checked.success) return { frame: checked.data as ClientFrame };
    const [issue] = checked.error.issues;
    return {
      problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong form'}`.replace(/^: /, ''),
      unknown: false,
    };
  };
};
