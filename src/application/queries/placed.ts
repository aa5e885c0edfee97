import type { StoredDocument } from '../ports/read-model-store.js';
import type { Placed } from '../protocol/index.js';

/** A document as it goes out: without its key, which the client can make. */
export const placed = <Doc extends object>({ at, doc }: StoredDocument<Doc>): Placed<Doc> => ({ at, doc });
