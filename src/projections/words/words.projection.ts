import type { ConversationEvent } from '../../domain/conversation/events.js';
import type { MessageEvent } from '../../domain/message/events.js';
import { foldWords } from '../runtime/fold-words.js';
import { projection } from '../runtime/projection.js';
import { messageKey } from '../transcript/transcript.model.js';
import { termOf, type WordsDocument } from './words.model.js';

/** Words of one message that can be found: a message of 8,000 characters is no dictionary. */
const TERMS_MOST = 500;

const termsOf = (conversationId: string, text: string | null): readonly string[] =>
  [...new Set(foldWords(text ?? ''))].slice(0, TERMS_MOST).map((word) => termOf(conversationId, word));

/** What a search looks in. */
export const words = projection<ConversationEvent | MessageEvent, WordsDocument>({
  name: 'words',
  categories: ['conversation', 'message'],
  terms: true,
  handlers: {
    DirectConversationStarted: 'ignore',
    GroupConversationStarted: 'ignore',
    ParticipantsInvited: 'ignore',
    InvitationWithdrawn: 'ignore',
    InvitationDeclined: 'ignore',
    ParticipantJoined: 'ignore',
    ParticipantLeft: 'ignore',
    ConversationTitled: 'ignore',
    MessagePosted: ({
      event: {
        data: { conversationId, sequence, author, text, postedAt },
      },
    }) => [
      {
        op: 'put',
        key: messageKey(conversationId, sequence),
        doc: { conversationId, sequence, author, postedAt, terms: termsOf(conversationId, text) },
      },
    ],
    MessageCorrected: ({
      event: {
        data: { conversationId, sequence, text },
      },
    }) => [{ op: 'patch', key: messageKey(conversationId, sequence), set: { terms: termsOf(conversationId, text) } }],
    MessageRetracted: ({ event: { data } }) => [{ op: 'remove', key: messageKey(data.conversationId, data.sequence) }],
    ReactionAdded: 'ignore',
    ReactionRemoved: 'ignore',
  },
});
