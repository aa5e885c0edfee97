import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { asId, type ConversationId } from '../../../domain/kernel/ids.js';
import { messageKey, type MessageDocument } from '../../../projections/transcript/transcript.model.js';
import { authorizeUser } from '../../authorization/policy.js';
import { ReadModels } from '../../read-models/read-models.js';
import { Viewers } from '../../visibility/viewers.js';
import { visible } from '../../../domain/conversation/index.js';
import { placed } from '../placed.js';
import { ReadMessages } from './read-messages.query.js';

/** Messages by name, for quotations. Those that the asker may not see are left out, as those that are not there. */
@QueryHandler(ReadMessages)
export class ReadMessagesHandler implements IQueryHandler<ReadMessages> {
  constructor(
    private readonly viewers: Viewers,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ principal, wanted, notBefore }: ReadMessages) {
    const userId = authorizeUser(ReadMessages.useCase, principal);
    const viewed = await this.viewers.of(asId<ConversationId>(wanted.conversationId), userId);
    if (!viewed) return null;
    await this.readModels.level('transcript', Math.max(viewed.position, notBefore));
    const keys = wanted.sequences
      .filter((sequence) => visible(viewed.spans, sequence))
      .map((sequence) => messageKey(viewed.conversationId, sequence));
    const found = await this.readModels.get<MessageDocument>('transcript', keys);
    return { messages: found.map(placed) };
  }
}
