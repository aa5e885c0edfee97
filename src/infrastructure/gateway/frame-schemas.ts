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
const sequence = z.int().positive().max(9_999_999_999);

type SchemaOf<T> = z.ZodType<T>;

const commandData: { readonly [N in CommandName]: SchemaOf<Commands[N]['data']> } = {
  'conversation.start': z.strictObject({ with: uuid }),
  'conversation.post': z.strictObject({ conversationId: uuid, text }),
  'desk.open-tab': z.strictObject({ conversationId: uuid }),
  'desk.close-tab': z.strictObject({ conversationId: uuid, upTo: position }),
  'desk.move-read-marker': z.strictObject({ conversationId: uuid, sequence }),
};

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
      before: sequence.exactOptional(),
      after: position.max(9_999_999_999).exactOptional(),
      limit: z.int().positive().max(limits.pageSize),
    })
    .refine(({ before, after }) => before === undefined || after === undefined, 'has both before and after'),
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
    pong: z.strictObject({ t: z.literal('pong') }),
    resync: z.strictObject({ t: z.literal('resync'), resume: position.exactOptional() }),
  };
  const named = new Map<string, z.ZodType>();
  const add = (kind: 'command' | 'query', id: z.ZodType, data: Readonly<Record<string, z.ZodType>>): void => {
    const schemas = byName(kind, id, data);
    Object.keys(data).forEach((name, index) => named.set(`${kind} ${name}`, schemas[index] as z.ZodType));
  };
  add('command', uuid, commandData);
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
