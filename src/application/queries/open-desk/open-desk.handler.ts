import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { asId, type UserId } from '../../../domain/kernel/ids.js';
import type { ConversationDocument } from '../../../projections/conversations/conversations.model.js';
import type { TabDocument } from '../../../projections/tabs/tabs.model.js';
import { authorizeUser } from '../../authorization/policy.js';
import type { Directory } from '../../ports/directory.js';
import type { StoredDocument } from '../../ports/read-model-store.js';
import { DIRECTORY } from '../../ports/tokens.js';
import { ReadModels } from '../../read-models/read-models.js';
import { personView } from '../person-view.js';
import { OpenDesk, type DeskSnapshot } from './open-desk.query.js';

/** Tabs that are read at once. */
const PAGE = 500;

/** What a snapshot, and the pages that complete it, are made of. */
const SHOWN = ['conversations', 'tabs', 'transcript'] as const;

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
    const tabs = await this.tabsOf(userId);
    const heads = await this.readModels.get<ConversationDocument>(
      'conversations',
      tabs.map(({ doc }) => doc.conversationId),
    );
    const ids = new Set([userId, ...heads.flatMap(({ doc }) => doc.participants.map((id) => asId<UserId>(id)))]);
    const people = (await this.directory.people([...ids])).map(personView);
    const self = people.find(({ id }) => id === userId) ?? { id: userId, name: null, email: null };
    return { at, self, people, conversations: heads.map(placed), tabs: tabs.map(placed) };
  }

  private async tabsOf(partition: UserId): Promise<readonly StoredDocument<TabDocument>[]> {
    const tabs: StoredDocument<TabDocument>[] = [];
    for (;;) {
      const after = tabs.at(-1)?.key;
      const page = await this.readModels.page<TabDocument>('tabs', {
        partition,
        ...(after === undefined ? {} : { after }),
        limit: PAGE,
        order: 'ascending',
      });
      tabs.push(...page);
      if (page.length < PAGE) return tabs;
    }
  }
}

const placed = <Doc extends object>({ at, doc }: StoredDocument<Doc>) => ({ at, doc });
