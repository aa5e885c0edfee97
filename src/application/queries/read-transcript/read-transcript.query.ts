import { Query } from '@nestjs/cqrs';
import type { Principal } from '../../authorization/policy.js';
import type { Position } from '../../ports/event-log.js';
import type { Queries } from '../../protocol/index.js';

export class ReadTranscript extends Query<Queries['transcript.page']['result'] | null> {
  static readonly useCase = 'transcript.page';
  constructor(
    readonly principal: Principal,
    readonly page: Queries['transcript.page']['data'],
    /** What was pushed up to here must be in the answer. */
    readonly notBefore: Position,
  ) {
    super();
  }
}
