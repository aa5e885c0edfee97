import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { participantsOf } from '../../../domain/conversation/index.js';
import { asId, type ConversationId, type UserId } from '../../../domain/kernel/ids.js';
import type { PreferencesDocument } from '../../../projections/preferences/preferences.model.js';
import { tabKey, type TabDocument } from '../../../projections/tabs/tabs.model.js';
import { authorizeUser } from '../../authorization/policy.js';
import type { MarkView, Placed } from '../../protocol/index.js';
import { ReadModels } from '../../read-models/read-models.js';
import { Viewers } from '../../visibility/viewers.js';
import { marksAreShown } from '../../visibility/marks.js';
import { ReadMarks } from './read-marks.query.js';

@QueryHandler(ReadMarks)
export class ReadMarksHandler implements IQueryHandler<ReadMarks> {
  constructor(
    private readonly viewers: Viewers,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ principal, about: { conversationId }, notBefore }: ReadMarks) {
    const userId = authorizeUser(ReadMarks.useCase, principal);
    const viewed = await this.viewers.of(asId<ConversationId>(conversationId), userId);
    if (!viewed) return null;
    if (!marksAreShown(viewed.state)) return { marks: [] };
    await Promise.all(['preferences', 'tabs'].map((name) => this.readModels.level(name, notBefore)));
    const sharing = await this.sharing(participantsOf(viewed.state));
    if (!sharing.delete(userId)) return { marks: [] };
    const tabs = await this.readModels.get<TabDocument>(
      'tabs',
      [...sharing].map((user) => tabKey(user, conversationId)),
    );
    return {
      marks: tabs.map(({ key, at, doc }): Placed<MarkView> => {
        const user = key.slice(0, key.indexOf('/'));
        return { at, doc: { conversationId, user, sequence: doc.readMarker } };
      }),
    };
  }

  private async sharing(users: readonly UserId[]): Promise<Set<string>> {
    const chosen = await this.readModels.get<PreferencesDocument>('preferences', users);
    const hiding = new Set(chosen.filter(({ doc }) => !doc.sharesReading).map(({ key }) => key));
    return new Set(users.filter((user) => !hiding.has(user)));
  }
}
