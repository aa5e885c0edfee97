import { Query } from '@nestjs/cqrs';
import type { Principal } from '../../authorization/policy.js';
import type { Position } from '../../ports/event-log.js';
import type { Queries } from '../../protocol/index.js';

export class SearchTranscript extends Query<Queries['transcript.search']['result'] | null> {
  static readonly useCase = 'transcript.search';
  constructor(
    readonly principal: Principal,
    readonly search: Queries['transcript.search']['data'],
    /** What was pushed up to here must be in the answer. */
    readonly notBefore: Position,
  ) {
    super();
  }
}
