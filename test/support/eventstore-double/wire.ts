import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, BatchAppendReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { invalidArgument } from './failures.js';
import { TOMBSTONE_REVISION, type Entry, type Proposed } from './journal.js';

/** The messages take no `Buffer`. */
const bytesOf = ({ buffer, byteOffset, length }: Uint8Array): Uint8Array => new Uint8Array(buffer, byteOffset, length);

const GREATEST_REVISION = '9223372036854775807';
const TICKS_PER_MS = 10_000n;
const JSON_TYPE = 'application/json';

/** Fails as the server does for a name that no stream can have. */
export const nameOf = (identifier: StreamIdentifier | undefined): string => {
  const name = Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
  if (name === '' || name === '$$') throw invalidArgument(`'${name}' is not a valid stream name`);
  return name;
};

export const identifierOf = (name: string): StreamIdentifier => {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(bytesOf(Buffer.from(name, 'utf8')));
  return identifier;
};

export const uuidOf = (id: string): UUID => {
  const uuid = new shared.UUID();
  uuid.setString(id);
  return uuid;
};

const UUID_FORM = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const textOf = (uuid: UUID | undefined): string => {
  const structured = uuid?.getStructured();
  if (structured) {
    const hex = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
      .map((bits) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0'))
      .join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }
  const text = uuid?.getString() ?? '';
  if (!UUID_FORM.test(text)) throw invalidArgument(`'${text}' is not a UUID`);
  return text.toLowerCase();
};

export const proposedOf = (message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): Proposed => {
  const map = message.getMetadataMap();
  const type = map.get('type');
  if (type === undefined || type === '') throw invalidArgument("Required metadata property 'type' is missing");
  return {
    id: textOf(message.getId()),
    type,
    json: map.get('content-type') === JSON_TYPE,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
};

/** What an event counts against the maximum append size. */
export const sizeOf = ({ type, data, metadata }: Proposed): number => data.length + metadata.length + type.length * 2;

const recordedOf = (entry: Entry): ReadResp.ReadEvent.RecordedEvent => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuidOf(entry.id));
  recorded.setStreamIdentifier(identifierOf(entry.stream));
  recorded.setStreamRevision(entry.revision === TOMBSTONE_REVISION ? GREATEST_REVISION : String(entry.revision));
  recorded.setCommitPosition(String(entry.position));
  recorded.setPreparePosition(String(entry.position));
  recorded.getMetadataMap().set('type', entry.type);
  recorded.getMetadataMap().set('content-type', entry.json ? JSON_TYPE : 'application/octet-stream');
  recorded.getMetadataMap().set('created', String(BigInt(entry.created) * TICKS_PER_MS));
  recorded.setData(bytesOf(entry.data));
  recorded.setCustomMetadata(bytesOf(entry.metadata));
  return recorded;
};

/** An event, or a link and the event that it leads to (`null`: to nothing). */
export const eventResponse = (entry: Entry, target?: Entry | null): ReadResp => {
  const event = new streams.ReadResp.ReadEvent();
  event.setCommitPosition(String(entry.position));
  if (target === undefined) event.setEvent(recordedOf(entry));
  else {
    event.setLink(recordedOf(entry));
    if (target) event.setEvent(recordedOf(target));
  }
  const response = new streams.ReadResp();
  response.setEvent(event);
  return response;
};

export const confirmation = (id: string): ReadResp => {
  const confirmed = new streams.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(id);
  const response = new streams.ReadResp();
  response.setConfirmation(confirmed);
  return response;
};

export const checkpoint = (position: number): ReadResp => {
  const reached = new streams.ReadResp.Checkpoint();
  reached.setCommitPosition(String(position));
  reached.setPreparePosition(String(position));
  const response = new streams.ReadResp();
  response.setCheckpoint(reached);
  return response;
};

export const caughtUp = (): ReadResp => {
  const response = new streams.ReadResp();
  response.setCaughtUp(new streams.ReadResp.CaughtUp());
  return response;
};

export const notFound = (stream: string): ReadResp => {
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifierOf(stream));
  const response = new streams.ReadResp();
  response.setStreamNotFound(missing);
  return response;
};
