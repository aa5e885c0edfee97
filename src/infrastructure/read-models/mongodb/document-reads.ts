import type { Collection, Filter } from 'mongodb';
import type { PageRequest, SearchRequest, StoredDocument } from '../../../application/ports/read-model-store.js';
import type { MongoConnection } from '../../mongodb/mongo-connection.js';
import { asNumber, asText } from '../../mongodb/scalars.js';
import { storedDocument, type DocumentRecord } from './document-record.js';

/** Greater than every text that begins with the prefix. */
const AFTER_ALL = String.fromCodePoint(0x10ffff);
/** The character after `/`: the end of a partition's keys. */
const AFTER_SLASH = '0';

const THERE = { doc: { $ne: null } } satisfies Filter<DocumentRecord>;

/** Reads of one generation's documents. Filters are made of texts and numbers that are made so here, whatever came in. */
export class DocumentReads {
  constructor(
    private readonly connection: MongoConnection,
    private readonly documents: Collection<DocumentRecord>,
  ) {}

  get<Doc extends object>(keys: readonly string[]): Promise<readonly StoredDocument<Doc>[]> {
    return this.find({ _id: { $in: keys.map(asText) }, ...THERE }, 1, keys.length);
  }

  page<Doc extends object>(request: PageRequest): Promise<readonly StoredDocument<Doc>[]> {
    const { partition, after, before, limit, order } = request;
    const lowest = partition === undefined ? '' : `${partition}/`;
    const highest = partition === undefined ? AFTER_ALL : partition + AFTER_SLASH;
    const lower = after === undefined ? { $gte: lowest } : { $gte: lowest, $gt: asText(after) };
    const upper = before === undefined || highest < before ? highest : asText(before);
    return this.find({ _id: { ...lower, $lt: upper }, ...THERE }, directionOf(order), limit);
  }

  async search<Doc extends object>(
    terms: readonly string[],
    { limit, order, after, before }: SearchRequest,
  ): Promise<readonly StoredDocument<Doc>[]> {
    const prefix = asText(terms.at(-1) ?? '');
    if (prefix.includes('\0')) return []; // no word has it, and an expression must not
    const conditions: Filter<DocumentRecord>[] = [
      ...terms.slice(0, -1).map((term) => ({ terms: { $eq: asText(term) } })),
      // As a range of the index. Written as a range, it would be met by one word above its start and another below its end.
      { terms: { $regex: `^${literal(prefix)}` } },
      ...(before === undefined ? [] : [{ _id: { $lt: asText(before) } }]),
      ...(after === undefined ? [] : [{ _id: { $gt: asText(after) } }]),
    ];
    return this.find({ $and: conditions, ...THERE }, directionOf(order), limit);
  }

  private async find<Doc extends object>(
    filter: Filter<DocumentRecord>,
    direction: 1 | -1,
    limit: number,
  ): Promise<StoredDocument<Doc>[]> {
    if (!(limit > 0)) return []; // to MongoDB, 0 is no limit
    const found = await this.connection.ask(() =>
      this.documents.find(filter).sort({ _id: direction }).limit(asNumber(limit)).toArray(),
    );
    return found.map((record) => storedDocument<Doc>(record));
  }
}

const directionOf = (order: PageRequest['order']): 1 | -1 => (order === 'ascending' ? 1 : -1);

/** Every character that could mean something means itself. */
const literal = (text: string): string => text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
