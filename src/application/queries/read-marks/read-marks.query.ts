import { Query } from '@nestjs/cqrs';
import type { Principal } from '../../authorization/policy.js';
import type { Position } from '../../ports/event-log.js';
import type { Queries } from '../../protocol/index.js';

export class ReadMarks extends Query<Queries['conversation.read-marks']['result'] | null> {
  static readonly useCase = 'conversation.read-marks';
  constructor(
    readonly principal: Principal,
    readonly about: Queries['conversation.read-marks']['data'],
    /** What was pushed up to here must be in the answer. */
    readonly notBefore: Position,
  ) {
    super();
  }
}
