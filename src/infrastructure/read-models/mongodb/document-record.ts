import type { Position } from '../../../application/ports/event-log.js';
import type { StoredDocument } from '../../../application/ports/read-model-store.js';
import { asNumber, asText } from '../../mongodb/scalars.js';

/** A document as it is stored. */
export interface DocumentRecord {
  /** The key. MongoDB compares it byte by byte. */
  readonly _id: string;
  /** Position of the newest event that is in it. */
  readonly at: number;
  /**
   * JSON, and not a document of MongoDB: nobody asks for its fields there, and so no name of a field (`$where`, `a.b`, `__proto__`) and no number can
   * mean anything else than in the other stores. `null`: a tombstone.
   */
  readonly doc: string | null;
  /** Copies of the document's terms, in a generation that is searched. */
  readonly terms?: readonly string[];
}

/** What one knows of a document; `doc: null`: none, or a tombstone. */
export interface Held {
  readonly at: Position;
  readonly doc: object | null;
}

export const heldOf = ({ at, doc }: DocumentRecord): Held => ({
  at,
  doc: doc === null ? null : (JSON.parse(doc) as object),
});

export const storedDocument = <Doc extends object>({ _id, at, doc }: DocumentRecord): StoredDocument<Doc> => ({
  key: _id,
  at,
  doc: JSON.parse(doc ?? 'null') as Doc,
});

export const documentRecord = (key: string, { at, doc }: Held, terms: boolean): DocumentRecord => ({
  _id: asText(key),
  at: asNumber(at),
  doc: doc === null ? null : JSON.stringify(doc),
  ...(terms && doc !== null ? { terms: termsOf(doc) } : {}),
});

const termsOf = (doc: object): readonly string[] => [
  ...new Set(((doc as { terms?: readonly string[] }).terms ?? []).map(asText)),
];
