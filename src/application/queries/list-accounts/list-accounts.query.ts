import { Query } from '@nestjs/cqrs';
import type { PersonDocument } from '../../../projections/people/people.model.js';
import type { Principal } from '../../authorization/policy.js';

/** Accounts in order of their ids, after the given one. */
export class ListAccounts extends Query<readonly Omit<PersonDocument, 'terms'>[]> {
  static readonly useCase = 'account.list';
  constructor(
    readonly principal: Principal,
    readonly after: string | null,
    readonly limit: number,
  ) {
    super();
  }
}
