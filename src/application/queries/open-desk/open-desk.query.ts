import { Query } from '@nestjs/cqrs';
import type { Principal } from '../../authorization/policy.js';
import type { Position } from '../../ports/event-log.js';
import type { SnapshotFrame } from '../../protocol/index.js';

/** Everything of the first screen, as of `at` or later. Fails with `ReadModelBehind`. */
export type DeskSnapshot = Omit<SnapshotFrame, 't' | 'n'>;

export class OpenDesk extends Query<DeskSnapshot> {
  static readonly useCase = 'desk.snapshot';
  constructor(
    readonly principal: Principal,
    /** The snapshot must hold everything up to here. */
    readonly notBefore: Position,
  ) {
    super();
  }
}
