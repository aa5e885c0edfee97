import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { PersonDocument } from '../../../projections/people/people.model.js';
import { authorize } from '../../authorization/policy.js';
import { ReadModels } from '../../read-models/read-models.js';
import { ListAccounts } from './list-accounts.query.js';

@QueryHandler(ListAccounts)
export class ListAccountsHandler implements IQueryHandler<ListAccounts> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ principal, after, limit }: ListAccounts) {
    authorize(ListAccounts.useCase, principal);
    const found = await this.readModels.page<PersonDocument>('people', {
      ...(after === null ? {} : { after }),
      limit,
      order: 'ascending',
    });
    return found.map(({ doc: { id, login, name, email, enabled } }) => ({ id, login, name, email, enabled }));
  }
}
