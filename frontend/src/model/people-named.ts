import type {
  Placed,
  Queries,
  ServerFrame,
  SnapshotFrame,
  ViewChange,
  ViewName,
  Views,
} from '../../../src/application/protocol/index.js';

/** Whom a document of each view names. */
const NAMED: { readonly [V in ViewName]: (doc: Partial<Views[V]>) => readonly (string | undefined)[] } = {
  conversation: ({ participants = [] }) => participants,
  tab: () => [],
  message: ({ author, mentions = [] }) => [author, ...mentions],
  notice: ({ by, users = [] }) => [by, ...users],
  reaction: ({ user }) => [user],
  invitation: ({ invitedBy, others = [] }) => [invitedBy, ...others],
  invited: ({ user }) => [user],
  mark: ({ user }) => [user],
  preferences: () => [],
  favorite: ({ user }) => [user],
  request: ({ from }) => [from],
  watcher: ({ user }) => [user],
  presence: ({ user }) => [user],
  ownPresence: () => [],
};

const namedIn = <V extends ViewName>(view: V, placed: readonly Placed<Views[V]>[]): (string | undefined)[] =>
  placed.flatMap(({ doc }) => NAMED[view](doc));

const namedByChange = (change: ViewChange): readonly (string | undefined)[] => {
  const named: (doc: object) => readonly (string | undefined)[] = NAMED[change.view];
  if (change.op === 'put') return named(change.doc);
  return change.op === 'patch' ? [...named(change.set ?? {}), ...(change.include?.['participants'] ?? [])] : [];
};

const namedBySnapshot = (frame: SnapshotFrame): (string | undefined)[] => [
  ...namedIn('conversation', frame.conversations),
  ...namedIn('invitation', frame.invitations),
  ...namedIn('invited', frame.invited),
  ...namedIn('favorite', frame.favorites),
  ...namedIn('request', frame.requests),
  ...namedIn('watcher', frame.watchers),
];

const known = (ids: readonly (string | undefined)[]): Set<string> => new Set(ids.filter((id) => id !== undefined));

/** The ids of the people whom a frame names, with a name or without. */
export const peopleNamedIn = (frame: ServerFrame): ReadonlySet<string> => {
  if (frame.t === 'snapshot') return known(namedBySnapshot(frame));
  if (frame.t === 'writer') return known([frame.userId]);
  return known(frame.t === 'delta' ? frame.changes.flatMap(namedByChange) : []);
};

export const peopleNamedOnPage = (page: Omit<Queries['transcript.page']['result'], 'more'>): ReadonlySet<string> =>
  known([
    ...namedIn('message', page.messages),
    ...namedIn('notice', page.notices),
    ...namedIn('reaction', page.reactions),
  ]);
