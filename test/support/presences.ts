import type { PresenceView } from '../../src/application/protocol/index.js';
import { eventually } from './eventually.js';
import type { WireClient } from './wire-client.js';

/** The star, and the yes to it. Both are connected. */
export const befriend = async (asker: WireClient, target: WireClient): Promise<void> => {
  await asker.accepted('roster.add-favorite', { user: target.userId });
  await eventually('the request', () => target.documents.request.has(asker.userId));
  await target.accepted('roster.answer-request', { from: asker.userId, accept: true });
  await eventually('a presence', () => asker.documents.presence.has(target.userId));
};

/** What somebody is shown of somebody. */
export const seenBy = (watcher: WireClient, target: WireClient): PresenceView | undefined =>
  watcher.documents.presence.get(target.userId)?.doc;

export const sees = (
  watcher: WireClient,
  target: WireClient,
  wanted: Partial<PresenceView>,
  withinMs = 5_000,
): Promise<void> =>
  eventually(
    JSON.stringify(wanted),
    () => {
      const seen = seenBy(watcher, target);
      return seen !== undefined && Object.entries(wanted).every(([field, value]) => seen[field as never] === value);
    },
    { withinMs, found: () => seenBy(watcher, target) },
  );

export const ownPresenceOf = (client: WireClient) => client.documents.ownPresence.get('own')?.doc;

/** The states of somebody that a watcher was sent, in order. */
export const statesSentTo = (watcher: WireClient, target: WireClient, from = 0): string[] =>
  watcher.frames
    .slice(from)
    .flatMap((frame) =>
      frame.t === 'delta'
        ? frame.changes.flatMap((change) =>
            change.view === 'presence' && change.op === 'put' && change.key === target.userId ? [change.doc.state] : [],
          )
        : [],
    );
