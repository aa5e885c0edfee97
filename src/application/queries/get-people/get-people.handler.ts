import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { asId, type UserId } from '../../../domain/kernel/ids.js';
import { authorizeUser } from '../../authorization/policy.js';
import type { Directory } from '../../ports/directory.js';
import { DIRECTORY } from '../../ports/tokens.js';
import { personView } from '../person-view.js';
import { GetPeople } from './get-people.query.js';

@QueryHandler(GetPeople)
export class GetPeopleHandler implements IQueryHandler<GetPeople> {
  constructor(@Inject(DIRECTORY) private readonly directory: Directory) {}

  async execute({ principal, ids }: GetPeople) {
    authorizeUser(GetPeople.useCase, principal);
    const people = await this.directory.people(ids.map((id) => asId<UserId>(id)));
    return { people: people.map(personView) };
  }
}
