import type { UserId } from '../../../domain/kernel/ids.js';
import type { PresenceDocument } from '../../../projections/presences/presences.model.js';
import { watcherKey, type WatcherDocument } from '../../../projections/watchers/watchers.model.js';
import { offline } from '../../presence/views.js';
import type { PresenceView } from '../../protocol/index.js';
import type { ReadModels } from '../../read-models/read-models.js';

/**
 * One presence for each of these people: the true one of those whose own list of watchers has the reader, and of the others that of somebody who is
 * not there.
 */
export const shownPresences = async (
  readModels: ReadModels,
  reader: UserId,
  users: readonly string[],
): Promise<readonly PresenceView[]> => {
  const found = await readModels.get<PresenceDocument>('presences', users);
  // Consent is read afterwards, and as of no earlier place: what somebody did after they took it back is in no answer.
  await readModels.level('watchers', Math.max(0, ...found.map(({ at }) => at)));
  const watching = await readModels.get<WatcherDocument>(
    'watchers',
    users.map((user) => watcherKey(user, reader)),
  );
  const allowed = new Set(watching.map(({ key }) => key));
  const known = new Map(found.map(({ doc }) => [doc.user, doc]));
  return users.map((user) => (allowed.has(watcherKey(user, reader)) ? known.get(user) : undefined) ?? offline(user));
};
