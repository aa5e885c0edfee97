import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { asId, type ConversationId, type UserId } from '../../../domain/kernel/ids.js';
import { foldWords } from '../../../projections/runtime/fold-words.js';
import { messageKey, type MessageDocument } from '../../../projections/transcript/transcript.model.js';
import { termOf, type WordsDocument } from '../../../projections/words/words.model.js';
import { authorizeUser } from '../../authorization/policy.js';
import { ReadModels } from '../../read-models/read-models.js';
import { Viewers, type Viewed } from '../../visibility/viewers.js';
import { visible } from '../../../domain/conversation/index.js';
import { placed } from '../placed.js';
import { seenBounds } from '../read-transcript/seen-entries.js';
import { tabsOf } from '../tabs-of.js';
import { SearchTranscript } from './search-transcript.query.js';

/** Conversations that are searched side by side. */
const AT_ONCE = 16;

@QueryHandler(SearchTranscript)
export class SearchTranscriptHandler implements IQueryHandler<SearchTranscript> {
  constructor(
    private readonly viewers: Viewers,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ principal, search, notBefore }: SearchTranscript) {
    const userId = authorizeUser(SearchTranscript.useCase, principal);
    const words = foldWords(search.text);
    if (words.length === 0) return { messages: [], more: false };
    await this.readModels.level('tabs', notBefore);
    const viewed = await this.searched(userId, search.conversationId);
    if (!viewed) return null;
    const from = Math.max(notBefore, ...viewed.map(({ position }) => position));
    await Promise.all(['words', 'transcript'].map((name) => this.readModels.level(name, from)));
    // One more than asked for tells whether there are more.
    const hits = await this.hits(viewed, words, { before: search.before ?? null, limit: search.limit + 1 });
    const shown = hits.slice(0, search.limit);
    const keys = shown.map(({ conversationId, sequence }) => messageKey(conversationId, sequence));
    const found = new Map(
      (await this.readModels.get<MessageDocument>('transcript', keys)).map((one) => [one.key, one]),
    );
    // Retracted since the words were read: no longer a hit.
    const messages = keys.flatMap((key) => found.get(key) ?? []).filter(({ doc }) => doc.text !== null);
    return { messages: messages.map(placed), more: hits.length > search.limit };
  }

  private async searched(userId: UserId, conversationId: string | undefined): Promise<readonly Viewed[] | null> {
    if (conversationId !== undefined) {
      const viewed = await this.viewers.of(asId<ConversationId>(conversationId), userId);
      return viewed && [viewed];
    }
    const ids = (await tabsOf(this.readModels, userId)).map(({ doc }) => asId<ConversationId>(doc.conversationId));
    const all = await inParts(ids, (id) => this.viewers.of(id, userId));
    return all.filter((viewed) => viewed !== null);
  }

  /** Newest first; of one conversation: by sequence. */
  private async hits(
    viewed: readonly Viewed[],
    words: readonly string[],
    part: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly WordsDocument[]> {
    const found = (await inParts(viewed, (one) => this.hitsIn(one, words, part))).flat();
    if (viewed.length > 1) found.sort((one, other) => other.postedAt - one.postedAt);
    return found.slice(0, part.limit);
  }

  private async hitsIn(
    viewed: Viewed,
    words: readonly string[],
    { before, limit }: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly WordsDocument[]> {
    const terms = words.map((word) => termOf(viewed.conversationId, word));
    const cut = {
      order: 'descending' as const,
      after: null,
      before: before === null ? null : messageKey(viewed.conversationId, before),
    };
    const seen: WordsDocument[] = [];
    // Only what the person lived through is looked at: neither the answer nor its time tells of anything else.
    for (const bounds of seenBounds(viewed, cut)) {
      if (seen.length >= limit || bounds.after >= bounds.before) continue;
      const request = { limit: limit - seen.length, order: cut.order, ...bounds };
      const found = await this.readModels.search<WordsDocument>('words', terms, request);
      seen.push(...found.map(({ doc }) => doc).filter(({ sequence }) => visible(viewed.spans, sequence)));
    }
    return seen;
  }
}

const inParts = async <From, To>(all: readonly From[], run: (one: From) => Promise<To>): Promise<To[]> => {
  const done: To[] = [];
  for (let start = 0; start < all.length; start += AT_ONCE)
    done.push(...(await Promise.all(all.slice(start, start + AT_ONCE).map(run))));
  return done;
};
