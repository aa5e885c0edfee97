import { createHash, type Hash } from 'node:crypto';
import type { Position } from '../ports/event-log.js';
import type { Generation, ReadModelStore, StoredDocument } from '../ports/read-model-store.js';

/** What the documents of one partition come to: equal for equal documents, whatever the store. */
export interface PartitionDigest {
  /** The common beginning of its keys, to the first slash and with it; a key without one is a partition of its own. */
  readonly partition: string;
  readonly count: number;
  /** SHA-256 over key, position and canonical JSON of each document in order of key; hexadecimal. */
  readonly digest: string;
  /** Position of the newest event in it. */
  readonly newest: Position;
}

/** Documents read at once. */
const PAGE = 2_000;

export const partitionOf = (key: string): string => {
  const slash = key.indexOf('/');
  return slash < 0 ? key : key.slice(0, slash + 1);
};

/** JSON with the fields of every object in order of name, so that equal documents are equal texts. */
export const canonical = (value: unknown): string => JSON.stringify(inOrder(value));

/** Copies are quicker than a replacer function, which JavaScript engines call for every single value. */
const inOrder = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const ordered: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) ordered[name] = inOrder((value as Record<string, unknown>)[name]);
  return ordered;
};

export const lineOf = ({ key, at, doc }: StoredDocument): string => `${key}\n${at}\n${canonical(doc)}\n`;

/** All documents of a generation, or those of one partition, in order of key. */
export async function* documentsOf(
  store: ReadModelStore,
  generation: Generation,
  partition?: string,
): AsyncGenerator<StoredDocument> {
  if (partition !== undefined && !partition.endsWith('/')) {
    yield* await store.get(generation, [partition]);
    return;
  }
  const within = partition === undefined ? {} : { partition: partition.slice(0, -1) };
  for (let after: string | undefined; ;) {
    const request = { ...within, limit: PAGE, order: 'ascending' } as const;
    const page = await store.page(generation, after === undefined ? request : { ...request, after });
    yield* page;
    after = page.at(-1)?.key;
    if (page.length < PAGE) return;
  }
}

/** The digests of documents that come in order of key, in order of partition. */
export async function* digestsOf(documents: AsyncIterable<StoredDocument>): AsyncGenerator<PartitionDigest> {
  let current = null as Unfinished | null;
  for await (const document of documents) {
    const partition = partitionOf(document.key);
    if (current?.partition !== partition) {
      if (current) yield finished(current);
      current = { partition, count: 0, newest: 0, hash: createHash('sha256') };
    }
    current.count++;
    current.newest = Math.max(current.newest, document.at);
    current.hash.update(lineOf(document));
  }
  if (current) yield finished(current);
}

interface Unfinished {
  readonly partition: string;
  count: number;
  newest: Position;
  readonly hash: Hash;
}

const finished = ({ hash, ...rest }: Unfinished): PartitionDigest => ({
  ...rest,
  digest: hash.digest('hex'),
});
