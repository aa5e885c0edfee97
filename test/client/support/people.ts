import type {
  FavoriteRequestView,
  FavoriteView,
  OwnPresenceView,
  PresenceView,
  SnapshotFrame,
  ViewChange,
  WatcherView,
} from '../../../src/application/protocol/index.js';
import { applyFrame, DEFAULT_OWN_PRESENCE, NOTHING, type ClientState } from '../../../frontend/src/model/index.js';
import { PEER, snapshot } from './frames.js';

export const favorite = (user = PEER.id, part: Partial<FavoriteView> = {}): FavoriteView => ({
  user,
  state: 'accepted',
  askedAt: 1,
  ...part,
});
export const request = (from = PEER.id, part: Partial<FavoriteRequestView> = {}): FavoriteRequestView => ({
  from,
  askedAt: 1,
  ...part,
});
export const watcher = (user = PEER.id, since = 1): WatcherView => ({ user, since });
export const presence = (user = PEER.id, part: Partial<PresenceView> = {}): PresenceView => ({
  user,
  state: 'busy',
  text: null,
  until: null,
  since: 1,
  ...part,
});
export const own = (part: Partial<OwnPresenceView> = {}): OwnPresenceView => ({ ...DEFAULT_OWN_PRESENCE, ...part });

export const placed = <Doc>(...docs: readonly Doc[]) => docs.map((doc) => ({ at: 10, doc }));

export const put = {
  favorite: (doc: FavoriteView): ViewChange => ({ view: 'favorite', op: 'put', key: doc.user, doc }),
  request: (doc: FavoriteRequestView): ViewChange => ({ view: 'request', op: 'put', key: doc.from, doc }),
  watcher: (doc: WatcherView): ViewChange => ({ view: 'watcher', op: 'put', key: doc.user, doc }),
  presence: (doc: PresenceView): ViewChange => ({ view: 'presence', op: 'put', key: doc.user, doc }),
  ownPresence: (doc: OwnPresenceView): ViewChange => ({ view: 'ownPresence', op: 'put', key: 'own', doc }),
};

export const opened = (part: Partial<SnapshotFrame> = {}): ClientState => applyFrame(NOTHING, snapshot(10, 0, part));
