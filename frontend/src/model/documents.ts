import type { Placed } from '../../../src/application/protocol/index.js';

/** Documents of one view by key. A removed one stays as `null` with its position, so that a late change cannot bring it back. */
export type Documents<Doc> = ReadonlyMap<string, Placed<Doc | null>>;

export interface Patch<Doc> {
  readonly set?: Partial<Doc>;
  readonly max?: Partial<Doc>;
  /** Names that a list gains, at its end and once, and loses. */
  readonly include?: Readonly<Record<string, readonly string[]>>;
  readonly exclude?: Readonly<Record<string, readonly string[]>>;
}

export type Change<Doc> =
  | { readonly op: 'put'; readonly key: string; readonly doc: Doc }
  | ({ readonly op: 'patch'; readonly key: string } & Patch<Doc>)
  | { readonly op: 'remove'; readonly key: string };

/** Means the same as on the server (`src/projections/runtime/change.ts`). */
export const changed = <Doc extends object>(doc: Doc | null, change: Change<Doc>): Doc | null => {
  switch (change.op) {
    case 'put':
      return change.doc;
    case 'remove':
      return null;
    case 'patch':
      return doc === null ? null : patched(doc, change);
  }
};

const patched = <Doc extends object>(doc: Doc, { set, max, include, exclude }: Patch<Doc>): Doc => {
  const next = { ...doc, ...set } as Record<string, unknown>;
  for (const [field, value] of Object.entries(max ?? {})) {
    const current = next[field];
    if (typeof value === 'number' && (typeof current !== 'number' || current < value)) next[field] = value;
  }
  for (const [field, names] of Object.entries(include ?? {}))
    next[field] = [...new Set([...namesIn(next[field]), ...names])];
  for (const [field, names] of Object.entries(exclude ?? {}))
    next[field] = namesIn(next[field]).filter((name) => !names.includes(name));
  return next as Doc;
};

const namesIn = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : []);

/** The same map when the change is older than the document, or patches one that is not there. */
export const withChange = <Doc extends object>(
  documents: Documents<Doc>,
  change: Change<Doc>,
  at: number,
): Documents<Doc> => {
  const present = documents.get(change.key);
  if (present && present.at > at) return documents;
  if (change.op === 'patch' && !present?.doc) return documents;
  return new Map(documents).set(change.key, { at, doc: changed(present?.doc ?? null, change) });
};

/** A change of one's own that the server has not confirmed yet: it leaves the position alone, so that every answer of the server wins. */
export const withIntent = <Doc extends object>(
  documents: Documents<Doc>,
  key: string,
  patch: Patch<Doc>,
): Documents<Doc> => {
  const present = documents.get(key);
  if (!present?.doc) return documents;
  return new Map(documents).set(key, { at: present.at, doc: patched(present.doc, patch) });
};

export const documentsOf = <Doc>(placed: readonly Placed<Doc>[], keyOf: (doc: Doc) => string): Documents<Doc> =>
  new Map(placed.map((one) => [keyOf(one.doc), one]));
