import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { asId, type ConversationId } from '../../../domain/kernel/ids.js';
import { messageKey, type MessageDocument } from '../../../projections/transcript/transcript.model.js';
import { ActorSystem } from '../../actors/actor-system.js';
import { authorizeUser } from '../../authorization/policy.js';
import { ReadModels } from '../../read-models/read-models.js';
import { spansOf, visible } from '../../visibility/visible.js';
import { ReadTranscript } from './read-transcript.query.js';

/**
 * Answers `null` for a conversation that does not exist or is not the asker's. Holds every message that was acknowledged before it was asked.
 */
@QueryHandler(ReadTranscript)
export class ReadTranscriptHandler implements IQueryHandler<ReadTranscript> {
  constructor(
    private readonly actors: ActorSystem,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ principal, page }: ReadTranscript) {
    const userId = authorizeUser(ReadTranscript.useCase, principal);
    const { conversationId, before, after, limit } = page;
    const { state, position } = await this.actors.state('conversation', asId<ConversationId>(conversationId));
    const spans = spansOf(state, userId);
    if (spans.length === 0) return null;
    await this.readModels.level('transcript', position);
    const forward = after !== undefined;
    const found = await this.readModels.page<MessageDocument>('transcript', {
      partition: conversationId,
      ...(before === undefined ? {} : { before: messageKey(conversationId, before) }),
      ...(after === undefined ? {} : { after: messageKey(conversationId, after) }),
      limit: limit + 1, // one more tells whether there are more
      order: forward ? 'ascending' : 'descending',
    });
    const seen = found.slice(0, limit).filter(({ doc }) => visible(spans, doc.sequence));
    if (!forward) seen.reverse();
    return { messages: seen.map(({ at, doc }) => ({ at, doc })), more: found.length > limit };
  }
}
