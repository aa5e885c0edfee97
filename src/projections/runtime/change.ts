/** What one event does to one document, as data. All operators are idempotent: there is no increment. */
export type Change<Doc extends object> =
  | { readonly op: 'put'; readonly key: string; readonly doc: Doc }
  /** `max` keeps the greater of the stored and the given number. */
  | { readonly op: 'patch'; readonly key: string; readonly set?: Partial<Doc>; readonly max?: Partial<Doc> }
  /** Leaves a tombstone with its position, so that a late writer cannot bring the document back. */
  | { readonly op: 'remove'; readonly key: string };

/** The document after the change, or `null` for none; the one meaning of the three operators, for stores and for clients. */
export const applyChange = <Doc extends object>(doc: Doc | null, change: Change<Doc>): Doc | null => {
  switch (change.op) {
    case 'put':
      return change.doc;
    case 'remove':
      return null;
    case 'patch': {
      if (doc === null) return null;
      const next = { ...doc, ...change.set } as Record<string, unknown>;
      for (const [field, value] of Object.entries(change.max ?? {})) {
        const current = next[field];
        if (typeof value === 'number' && (typeof current !== 'number' || current < value)) next[field] = value;
      }
      return next as unknown as Doc;
    }
  }
};
