import type { Person } from '../ports/directory.js';
import type { PersonView } from '../protocol/index.js';

/** What anybody in the organisation may know of a person; never whether they are there. */
export const personView = ({ id, name, email }: Person): PersonView => ({ id, name, email });
