import { asId, type ConversationId, type UserId } from '../../../domain/kernel/ids.js';
import { uuidv5 } from '../../actors/uuid.js';

const NAMESPACE = '2f0b6f4e-5d0c-4f0e-8a3b-9c1d7e6f5a40';

/** Two people have one private conversation: its id follows from theirs, whoever starts. */
export const directConversationId = (one: UserId, other: UserId): ConversationId =>
  asId<ConversationId>(uuidv5(NAMESPACE, [one, other].sort().join('|')));
