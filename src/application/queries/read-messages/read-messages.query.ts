import { Query } from '@nestjs/cqrs';
import type { Principal } from '../../authorization/policy.js';
import type { Position } from '../../ports/event-log.js';
import type { Queries } from '../../protocol/index.js';

export class ReadMessages extends Query<Queries['transcript.messages']['result'] | null> {
  static readonly useCase = 'transcript.messages';
  constructor(
    readonly principal: Principal,
    readonly wanted: Queries['transcript.messages']['data'],
    /** What was pushed up to here must be in the answer. */
    readonly notBefore: Position,
  ) {
    super();
  }
}
