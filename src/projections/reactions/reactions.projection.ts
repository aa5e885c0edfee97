import type { MessageEvent } from '../../domain/message/events.js';
import { projection } from '../runtime/projection.js';
import { reactionKey, type ReactionDocument } from './reactions.model.js';

export const reactions = projection<MessageEvent, ReactionDocument>({
  name: 'reactions',
  categories: ['message'],
  terms: false,
  handlers: {
    MessageCorrected: 'ignore',
    // Who reads the page leaves out reactions to what was retracted.
    MessageRetracted: 'ignore',
    ReactionAdded: ({ event: { data } }) => [{ op: 'put', key: reactionKey(data), doc: data }],
    ReactionRemoved: ({ event: { data } }) => [{ op: 'remove', key: reactionKey(data) }],
  },
});
