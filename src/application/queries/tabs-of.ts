import type { UserId } from '../../domain/kernel/ids.js';
import type { TabDocument } from '../../projections/tabs/tabs.model.js';
import type { StoredDocument } from '../ports/read-model-store.js';
import type { ReadModels } from '../read-models/read-models.js';

/** Documents that are read at once. */
const PAGE = 500;

/** Everything of one partition. */
export const partitionOf = async <Doc extends object>(
  readModels: ReadModels,
  projection: string,
  partition: string,
): Promise<readonly StoredDocument<Doc>[]> => {
  const all: StoredDocument<Doc>[] = [];
  for (;;) {
    const after = all.at(-1)?.key;
    const page = await readModels.page<Doc>(projection, {
      partition,
      ...(after === undefined ? {} : { after }),
      limit: PAGE,
      order: 'ascending',
    });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
};

/** One person's tabs: a tab for each conversation that they take part in. */
export const tabsOf = (readModels: ReadModels, userId: UserId): Promise<readonly StoredDocument<TabDocument>[]> =>
  partitionOf<TabDocument>(readModels, 'tabs', userId);
