import { Query } from '@nestjs/cqrs';
import type { Principal } from '../../authorization/policy.js';
import type { Queries } from '../../protocol/index.js';

export class GetPeople extends Query<Queries['people.get']['result']> {
  static readonly useCase = 'people.get';
  constructor(
    readonly principal: Principal,
    readonly ids: readonly string[],
  ) {
    super();
  }
}
