import { Injectable } from '@nestjs/common';
import type { StartedConversation } from '../../domain/conversation/index.js';
import type { ConversationId, UserId } from '../../domain/kernel/ids.js';
import { ActorSystem } from '../actors/actor-system.js';
import type { Position } from '../ports/event-log.js';
import type { Viewer } from './entries.js';
import { spansOf } from '../../domain/conversation/index.js';

export interface Viewed extends Viewer {
  readonly conversationId: ConversationId;
  readonly state: StartedConversation;
  /** Of the newest event that is in the state. */
  readonly position: Position;
}

/** Who looks into which conversation, by the newest acknowledged state of it. */
@Injectable()
export class Viewers {
  constructor(private readonly actors: ActorSystem) {}

  /** `null`: there is no such conversation, or the person does not take part in it. Nobody can tell which. */
  async of(conversationId: ConversationId, userId: UserId): Promise<Viewed | null> {
    const { state, position } = await this.actors.state('conversation', conversationId);
    const spans = spansOf(state, userId);
    return state.kind === 'unstarted' || spans.length === 0 ? null : { conversationId, userId, state, spans, position };
  }
}
