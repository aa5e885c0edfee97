import type { SearchRequest } from '../../../application/ports/read-model-store.js';
import type { Database } from '../../sqlite/database.js';

type Statement = ReturnType<Database['prepare']>;

/** Greater than every text that begins with the prefix. */
const AFTER_ALL = String.fromCodePoint(0x10ffff);
/** Words that a prefix may stand for before all their keys are gathered instead of merged. */
const EXPANDED_MOST = 64;
/** A term is counted no further: it is not rare. */
const COUNTED_MOST = 1_000;

const DIRECTION = { ascending: 'ASC', descending: 'DESC' } as const;

/**
 * Keys with every term, the last one as a prefix, in order and at most `limit`. The rarest term leads, and each term's keys are read in order, so that
 * the newest hits of a word that everybody uses cost as little as those of a rare one.
 */
export class TermSearch {
  constructor(
    private readonly prepared: (sql: string) => Statement,
    private readonly table: string,
  ) {}

  keys(terms: readonly string[], request: SearchRequest): readonly string[] {
    const { limit, order, after = '', before = AFTER_ALL } = request;
    const whole = terms.slice(0, -1);
    const prefix = terms.at(-1) ?? '';
    const rarest = this.rarest(whole, prefix);
    const leading = rarest === null ? this.expanded(prefix) : [rarest];
    if (leading === null) return this.gathered(whole, prefix, request);
    const others = whole.filter((term) => term !== rarest);
    const checks = others.map(() => `AND EXISTS (SELECT 1 FROM "${this.table}" WHERE term = ? AND key = lead.key)`);
    // By key: a document has few terms, and many documents may have the prefix.
    const prefixed = `AND EXISTS (SELECT 1 FROM "${this.table}" INDEXED BY "${this.table}_key"
      WHERE key = lead.key AND term >= ? AND term < ?)`;
    const sql = `SELECT key FROM "${this.table}" AS lead WHERE term = ? AND key > ? AND key < ?
      ${checks.join(' ')} ${rarest === null ? '' : prefixed} ORDER BY key ${DIRECTION[order]} LIMIT ?`;
    const found = new Set<string>();
    for (const term of leading) {
      const ends = rarest === null ? [] : [prefix, prefix + AFTER_ALL];
      const rows = this.prepared(sql).all(term, after, before, ...others, ...ends, limit);
      for (const { key } of rows as unknown as { key: string }[]) found.add(key);
    }
    const sorted = [...found].sort();
    return (order === 'ascending' ? sorted : sorted.reverse()).slice(0, limit);
  }

  /** The whole term that fewest documents have; `null`: the prefix leads. */
  private rarest(whole: readonly string[], prefix: string): string | null {
    if (whole.length === 0) return null;
    const count = `SELECT count(*) AS n FROM (SELECT 1 FROM "${this.table}" WHERE term >= ? AND term < ? LIMIT ?)`;
    const counted = (from: string, to: string): number =>
      (this.prepared(count).get(from, to, COUNTED_MOST) as { n: number }).n;
    let rarest: string | null = null;
    let fewest = counted(prefix, prefix + AFTER_ALL);
    for (const term of whole) {
      const n = counted(term, `${term}\u0000`);
      if (n > fewest || (n === fewest && rarest !== null)) continue;
      [rarest, fewest] = [term, n];
    }
    return rarest;
  }

  /** The words that begin so, each found by one step through the index; `null`: too many. */
  private expanded(prefix: string): readonly string[] | null {
    const next = this.prepared(`SELECT term FROM "${this.table}" WHERE term > ? AND term < ? ORDER BY term LIMIT 1`);
    const exact: unknown = this.prepared(`SELECT term FROM "${this.table}" WHERE term = ? LIMIT 1`).get(prefix);
    const terms: string[] = exact === undefined ? [] : [prefix];
    for (let after: string = prefix; terms.length <= EXPANDED_MOST;) {
      const row = next.get(after, prefix + AFTER_ALL) as { term: string } | undefined;
      if (!row) return terms;
      terms.push(row.term);
      after = row.term;
    }
    return null;
  }

  /** All keys of the prefix first, then those with the other terms. */
  private gathered(
    whole: readonly string[],
    prefix: string,
    { limit, order, after = '', before = AFTER_ALL }: SearchRequest,
  ): readonly string[] {
    const one = `SELECT key FROM "${this.table}" WHERE term`;
    const sql = `SELECT DISTINCT key FROM "${this.table}" WHERE term >= ? AND term < ? AND key > ? AND key < ?
      ${whole.map(() => `AND key IN (${one} = ?)`).join(' ')} ORDER BY key ${DIRECTION[order]} LIMIT ?`;
    const rows = this.prepared(sql).all(prefix, prefix + AFTER_ALL, after, before, ...whole, limit);
    return (rows as unknown as { key: string }[]).map(({ key }) => key);
  }
}
