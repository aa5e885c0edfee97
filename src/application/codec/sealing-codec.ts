import { asId, type UserId } from '../../domain/kernel/ids.js';
import type { Message } from '../../domain/kernel/message.js';
import type { EncodedEvent, EventCodec } from '../ports/event-codec.js';
import { categoryOf, type EventMetadata, type NewEvent, type StreamId } from '../ports/event-log.js';
import type { KeyStore } from '../ports/key-store.js';
import type { EventSchema } from './event-schema.js';
import { EVENT_SCHEMAS } from './schemas/index.js';
import { seal, unseal } from './seal.js';

type Json = Record<string, unknown>;

/** Field of the stored JSON that holds the sealed personal fields, by the person whose key opens them. */
const SEALED = '$sealed';

/**
 * The one codec: a JSON object per event, its personal fields sealed with the key of the person they are about, bound to stream and event id.
 * A destroyed key reads as `null` in each field it sealed.
 */
export class SealingCodec implements EventCodec {
  constructor(private readonly keys: KeyStore) {}

  async encode(stream: StreamId, { id, event, metadata }: NewEvent): Promise<EncodedEvent> {
    const schema = schemaOf(stream, event.type);
    const checked = schema.shape.safeParse(event.data);
    if (!checked.success) throw new Error(`event ${event.type} does not fit its schema: ${describe(checked.error)}`);
    const { open, secrets } = parted(schema, event.data as Json);
    const sealed: Record<string, string> = {};
    for (const [subject, secret] of secrets)
      sealed[subject] = seal(
        JSON.stringify(secret),
        await this.keys.obtain(asId<UserId>(subject)),
        contextOf(stream, id),
      );
    if (secrets.size > 0) open[SEALED] = sealed;
    return {
      id,
      type: event.type,
      data: JSON.stringify(open),
      metadata: JSON.stringify({ ...metadata, schemaVersion: schema.version }),
    };
  }

  async decode(stream: StreamId, encoded: EncodedEvent): Promise<{ event: Message; metadata: EventMetadata }> {
    const schema = schemaOf(stream, encoded.type);
    const { schemaVersion, ...metadata } = JSON.parse(encoded.metadata) as EventMetadata & { schemaVersion: unknown };
    if (typeof schemaVersion !== 'number' || schemaVersion < 1 || schemaVersion > schema.version)
      throw new Error(`unknown version ${String(schemaVersion)}; this server knows up to ${schema.version}`);
    const { [SEALED]: sealed = {}, ...open } = JSON.parse(encoded.data) as Json;
    const inClear = personalFields(schema).find(([field]) => field in open);
    if (inClear) throw new Error(`${inClear[0]} is not sealed`);
    let data: Json = open;
    const erased: string[] = [];
    /** Whose key opened each field. */
    const openedBy = new Map<string, string>();
    for (const [subject, text] of Object.entries(sealed as Record<string, string>)) {
      const key = await this.keys.find(asId<UserId>(subject));
      if (key === null) {
        erased.push(subject);
        continue;
      }
      const secret = JSON.parse(unseal(text, key, contextOf(stream, encoded.id))) as Json;
      for (const field of Object.keys(secret)) openedBy.set(field, subject);
      Object.assign(data, secret);
    }
    for (let version = schemaVersion; version < schema.version; version++) {
      const upcast = schema.upcasts?.[version];
      if (!upcast) throw new Error(`no upcast from version ${version}`);
      data = upcast(data);
    }
    for (const [field, by] of personalFields(schema))
      if (openedBy.has(field) && openedBy.get(field) !== data[by])
        throw new Error(`${field} was sealed for somebody other than ${by}`);
    const absent = personalFields(schema)
      .filter(([field, by]) => !(field in data) && erased.includes(data[by] as string))
      .map(([field]) => field);
    const shape =
      absent.length === 0
        ? schema.shape
        : schema.shape.omit(Object.fromEntries(absent.map((field) => [field, true])) as Record<string, never>);
    const checked = shape.safeParse(data);
    if (!checked.success) throw new Error(describe(checked.error));
    for (const field of absent) data[field] = null;
    return { event: { type: encoded.type, data }, metadata };
  }
}

const schemaOf = (stream: StreamId, type: string): EventSchema => {
  const schemas = EVENT_SCHEMAS[categoryOf(stream) as keyof typeof EVENT_SCHEMAS] as
    Readonly<Record<string, EventSchema>> | undefined;
  const schema = schemas && Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (!schema) throw new Error(`unknown event type ${type} in stream ${stream}`);
  return schema;
};

const personalFields = (schema: EventSchema): [field: string, by: string][] => Object.entries(schema.personal);

const contextOf = (stream: StreamId, id: string): string => `${stream}\n${id}`;

/** What may lie open, and what is somebody's, by whose it is. */
const parted = (schema: EventSchema, data: Json): { open: Json; secrets: Map<string, Json> } => {
  const personal = schema.personal as Readonly<Record<string, string>>;
  const open: Json = {};
  const secrets = new Map<string, Json>();
  for (const [field, value] of Object.entries(data)) {
    const by = personal[field];
    if (by === undefined) {
      open[field] = value;
      continue;
    }
    const subject = data[by] as string;
    const secret = secrets.get(subject);
    if (secret) secret[field] = value;
    else secrets.set(subject, { [field]: value });
  }
  return { open, secrets };
};

const describe = (error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }): string =>
  error.issues.map((issue) => `${issue.path.join('.') || 'data'}: ${issue.message}`).join('; ');
