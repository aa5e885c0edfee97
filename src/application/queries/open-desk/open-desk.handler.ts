import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { asId, type UserId } from '../../../domain/kernel/ids.js';
import { presence } from '../../../domain/presence/index.js';
import type { ConversationDocument } from '../../../projections/conversations/conversations.model.js';
import type { FavoriteDocument } from '../../../projections/favorites/favorites.model.js';
import type { InvitationDocument } from '../../../projections/invitations/invitations.model.js';
import type { InvitedDocument } from '../../../projections/invited/invited.model.js';
import type { OwnPresenceDocument } from '../../../projections/own-presence/own-presence.model.js';
import type { PreferencesDocument } from '../../../projections/preferences/preferences.model.js';
import type { FavoriteRequestDocument } from '../../../projections/requests/requests.model.js';
import type { WatcherDocument } from '../../../projections/watchers/watchers.model.js';
import { authorizeUser } from '../../authorization/policy.js';
import type { Directory } from '../../ports/directory.js';
import { DIRECTORY } from '../../ports/tokens.js';
import { DEFAULT_PREFERENCES } from '../../protocol/index.js';
import { ownPresenceView } from '../../presence/views.js';
import { ReadModels } from '../../read-models/read-models.js';
import { personView } from '../person-view.js';
import { placed } from '../placed.js';
import { partitionOf, tabsOf } from '../tabs-of.js';
import { shownPresences } from './shown-presences.js';
import { OpenDesk, type DeskSnapshot } from './open-desk.query.js';

/** What a snapshot, and the pages that complete it, are made of. */
const SHOWN = [
  'conversations',
  'favorites',
  'invitations',
  'invited',
  'own-presence',
  'preferences',
  'presences',
  'reactions',
  'requests',
  'tabs',
  'transcript',
  'watchers',
] as const;

@QueryHandler(OpenDesk)
export class OpenDeskHandler implements IQueryHandler<OpenDesk> {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(DIRECTORY) private readonly directory: Directory,
  ) {}

  async execute({ principal, notBefore }: OpenDesk): Promise<DeskSnapshot> {
    const userId = authorizeUser(OpenDesk.useCase, principal);
    await Promise.all(SHOWN.map((name) => this.readModels.level(name, notBefore)));
    // The checkpoint comes first: the documents read after it hold at least that much. So do transcript pages, which complete what is pushed after
    // `at`: a message is in the one or the other.
    const at = await this.readModels.checkpoint(SHOWN);
    const [tabs, invitations, invited, favorites, requests, watchers, [preferences], [own]] = await Promise.all([
      tabsOf(this.readModels, userId),
      partitionOf<InvitationDocument>(this.readModels, 'invitations', userId),
      partitionOf<InvitedDocument>(this.readModels, 'invited', userId),
      partitionOf<FavoriteDocument>(this.readModels, 'favorites', userId),
      partitionOf<FavoriteRequestDocument>(this.readModels, 'requests', userId),
      partitionOf<WatcherDocument>(this.readModels, 'watchers', userId),
      this.readModels.get<PreferencesDocument>('preferences', [userId]),
      this.readModels.get<OwnPresenceDocument>('own-presence', [userId]),
    ]);
    const found = await this.readModels.get<ConversationDocument>(
      'conversations',
      tabs.map(({ doc }) => doc.conversationId),
    );
    // The heads may be further on than the tabs: who left meanwhile is told nothing of what came after.
    const heads = found.filter(({ doc }) => doc.participants.includes(userId));
    const taking = new Set(tabs.map(({ doc }) => doc.conversationId));
    const seen = favorites.filter(({ doc }) => doc.state === 'accepted').map(({ doc }) => doc.user);
    const presences = await shownPresences(this.readModels, userId, seen);
    const named = [
      userId,
      ...heads.flatMap(({ doc }) => doc.participants),
      ...invitations.flatMap(({ doc }) => [doc.invitedBy, ...doc.others]),
      ...invited.map(({ doc }) => doc.user),
      ...favorites.map(({ doc }) => doc.user),
      ...requests.map(({ doc }) => doc.from),
      ...watchers.map(({ doc }) => doc.user),
    ];
    const people = await this.people(named);
    const self = people.find(({ id }) => id === userId) ?? { id: userId, name: null, email: null };
    return {
      at,
      self,
      people,
      conversations: heads.map(placed),
      tabs: tabs.map(placed),
      invitations: invitations.map(placed),
      // Who left is told nothing more, not even what becomes of their own invitations.
      invited: invited.filter(({ doc }) => taking.has(doc.conversationId)).map(placed),
      favorites: favorites.map(placed),
      requests: requests.map(placed),
      watchers: watchers.map(placed),
      // All stand at the snapshot's own position: nothing tells a true one from another.
      presences: presences.map((doc) => ({ at, doc })),
      ownPresence: { at: own?.at ?? 0, doc: ownPresenceView(own?.doc ?? presence.initialState) },
      preferences: preferences ? placed(preferences) : { at: 0, doc: DEFAULT_PREFERENCES },
    };
  }

  private async people(ids: readonly string[]) {
    const people = await this.directory.people([...new Set(ids)].map((id) => asId<UserId>(id)));
    return people.map(personView);
  }
}
