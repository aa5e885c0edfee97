import { Inject, Injectable } from '@nestjs/common';
import type { Limits } from '../../application/protocol/index.js';
import { marksAreShown } from '../../application/visibility/marks.js';
import { Viewers } from '../../application/visibility/viewers.js';
import { asId, type ConversationId } from '../../domain/kernel/ids.js';
import { participantsOf } from '../../domain/conversation/index.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';
import { LIMITS_TOKEN } from '../tokens.js';

/**
 * Tells the other participants that somebody is writing. Said and forgotten: nothing is stored, nothing is answered, and it reaches only the
 * connections of this node.
 */
@Injectable()
export class Writers {
  constructor(
    private readonly viewers: Viewers,
    private readonly connections: Connections,
    @Inject(LIMITS_TOKEN) private readonly limits: Pick<Limits, 'sendBufferBytes'>,
  ) {}

  /** Whoever is slow gets what counts first. */
  private takes({ phase, buffered }: Connection): boolean {
    return phase === 'live' && buffered <= this.limits.sendBufferBytes;
  }

  async writing({ session: { userId } }: Connection, conversationId: string): Promise<void> {
    const viewed = await this.viewers.of(asId<ConversationId>(conversationId), userId);
    if (!viewed || !marksAreShown(viewed.state)) return;
    for (const other of participantsOf(viewed.state)) {
      if (other === userId) continue;
      for (const connection of this.connections.of(other) ?? [])
        if (this.takes(connection)) connection.send({ t: 'writer', conversationId, userId });
    }
  }
}
