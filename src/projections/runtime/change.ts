/** What one event does to one document, as data. All operators are idempotent: there is no increment. */
export type Change<Doc extends object> =
  | { readonly op: 'put'; readonly key: string; readonly doc: Doc }
  /**
   * `max` keeps the greater of the stored and the given number. `include` and `exclude` put texts into a list as a set, and take them out of it:
   * a list of participants changes by one name at a time.
   */
  | {
      readonly op: 'patch';
      readonly key: string;
      readonly set?: Partial<Doc>;
      readonly max?: Partial<Doc>;
      readonly include?: Partial<Doc>;
      readonly exclude?: Partial<Doc>;
    }
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
      for (const [field, names] of lists(change.include)) {
        const there = listIn(next, field);
        next[field] = [...there, ...names.filter((name) => !there.includes(name))];
      }
      for (const [field, names] of lists(change.exclude))
        next[field] = listIn(next, field).filter((name) => !names.includes(name));
      return next as unknown as Doc;
    }
  }
};

const lists = (part: object | undefined): [string, readonly string[]][] =>
  Object.entries(part ?? {}) as [string, readonly string[]][];

const listIn = (doc: Record<string, unknown>, field: string): readonly string[] => {
  const value = doc[field];
  return Array.isArray(value) ? (value as string[]) : [];
};
