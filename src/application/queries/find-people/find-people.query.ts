import { Query } from '@nestjs/cqrs';
import type { Principal } from '../../authorization/policy.js';
import type { Queries } from '../../protocol/index.js';

export class FindPeople extends Query<Queries['people.find']['result']> {
  static readonly useCase = 'people.find';
  constructor(
    readonly principal: Principal,
    readonly text: string,
    readonly limit: number,
  ) {
    super();
  }
}
