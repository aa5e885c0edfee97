import type { UserId } from '../../../domain/kernel/ids.js';
import { asId } from '../../../domain/kernel/ids.js';
import type { Directory, Person } from '../../../application/ports/directory.js';
import type { ReadModels } from '../../../application/read-models/read-models.js';
import type { PersonDocument } from '../../../projections/people/people.model.js';
import { foldWords } from '../../../projections/runtime/fold-words.js';

/** The accounts that Parley keeps itself, as the projection `people` has them. */
export class LocalDirectory implements Directory {
  constructor(private readonly readModels: ReadModels) {}

  async find(
    text: string,
    { limit, excluding }: { readonly limit: number; readonly excluding: UserId },
  ): Promise<readonly Person[]> {
    const words = foldWords(text);
    if (words.length === 0) return [];
    // The store's last term is a prefix; here every word is one, so the others are looked for among what the longest one finds.
    const [longest = '', ...others] = words.sort((a, b) => b.length - a.length);
    for (let ask = limit * 4; ; ask *= 4) {
      const candidates = await this.readModels.search<PersonDocument>('people', [longest], {
        limit: ask,
        order: 'ascending',
      });
      const found = candidates
        .map(({ doc }) => doc)
        .filter(
          ({ id, enabled, terms }) =>
            enabled && id !== excluding && others.every((word) => terms.some((term) => term.startsWith(word))),
        );
      if (found.length >= limit || candidates.length < ask) return found.map(personOf).sort(byName).slice(0, limit);
    }
  }

  async people(ids: readonly UserId[]): Promise<readonly Person[]> {
    const found = await this.readModels.get<PersonDocument>('people', ids);
    return found.map(({ doc }) => personOf(doc));
  }
}

const personOf = ({ id, name, email, enabled }: PersonDocument): Person => ({
  id: asId<UserId>(id),
  name,
  email,
  enabled,
});

const byName = (one: Person, other: Person): number => (one.name ?? '').localeCompare(other.name ?? '', 'en');
