import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { asId, type ConversationId } from '../../../domain/kernel/ids.js';
import type { ReactionDocument } from '../../../projections/reactions/reactions.model.js';
import {
  isMessage,
  isNotice,
  messageKey,
  type MessageDocument,
  type NoticeDocument,
  type TranscriptEntry,
} from '../../../projections/transcript/transcript.model.js';
import { authorizeUser } from '../../authorization/policy.js';
import type { StoredDocument } from '../../ports/read-model-store.js';
import { ReadModels } from '../../read-models/read-models.js';
import { ofShown } from '../../visibility/entries.js';
import { Viewers } from '../../visibility/viewers.js';
import { placed } from '../placed.js';
import { ReadTranscript } from './read-transcript.query.js';
import { placeKey, seenEntries } from './seen-entries.js';

/** Reactions that are read at once. */
const REACTIONS = 500;

/**
 * Answers `null` for a conversation that does not exist or is not the asker's. Holds everything that was acknowledged before it was asked.
 */
@QueryHandler(ReadTranscript)
export class ReadTranscriptHandler implements IQueryHandler<ReadTranscript> {
  constructor(
    private readonly viewers: Viewers,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ principal, page, notBefore }: ReadTranscript) {
    const userId = authorizeUser(ReadTranscript.useCase, principal);
    const viewed = await this.viewers.of(asId<ConversationId>(page.conversationId), userId);
    if (!viewed) return null;
    await this.readModels.level('transcript', Math.max(viewed.position, notBefore));
    const { conversationId, before, after, limit } = page;
    const forward = after !== undefined;
    const found = await seenEntries(this.readModels, viewed, {
      order: forward ? 'ascending' : 'descending',
      after: after === undefined ? null : placeKey(conversationId, after, page.afterNotice),
      before: before === undefined ? null : placeKey(conversationId, before, page.beforeNotice),
      limit: limit + 1, // one more tells whether there are more
    });
    const entries = found.slice(0, limit);
    if (!forward) entries.reverse();
    const messages = entries.filter(holdsMessage);
    await this.readModels.level('reactions', notBefore);
    return {
      messages: messages.map(placed),
      notices: entries.filter(holdsNotice).map(placed),
      reactions: await this.reactionsTo(messages),
      more: found.length > limit,
    };
  }

  private async reactionsTo(messages: readonly StoredDocument<MessageDocument>[]) {
    const [first, last] = [messages[0]?.doc, messages.at(-1)?.doc];
    if (!first || !last) return [];
    const { conversationId } = first;
    const found: StoredDocument<ReactionDocument>[] = [];
    for (;;) {
      const part = await this.readModels.page<ReactionDocument>('reactions', {
        partition: conversationId,
        after: found.at(-1)?.key ?? messageKey(conversationId, first.sequence),
        before: messageKey(conversationId, last.sequence + 1),
        limit: REACTIONS,
        order: 'ascending',
      });
      found.push(...part);
      if (part.length < REACTIONS) break;
    }
    const shown = new Set(
      ofShown(
        found.map(({ doc }) => doc),
        messages.map(({ doc }) => doc),
      ),
    );
    return found.filter(({ doc }) => shown.has(doc)).map(placed);
  }
}

const holdsMessage = (entry: StoredDocument<TranscriptEntry>): entry is StoredDocument<MessageDocument> =>
  isMessage(entry.doc);
const holdsNotice = (entry: StoredDocument<TranscriptEntry>): entry is StoredDocument<NoticeDocument> =>
  isNotice(entry.doc);
