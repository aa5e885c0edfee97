import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { authorizeUser } from '../../authorization/policy.js';
import type { Directory } from '../../ports/directory.js';
import { DIRECTORY } from '../../ports/tokens.js';
import { personView } from '../person-view.js';
import { FindPeople } from './find-people.query.js';

@QueryHandler(FindPeople)
export class FindPeopleHandler implements IQueryHandler<FindPeople> {
  constructor(@Inject(DIRECTORY) private readonly directory: Directory) {}

  async execute({ principal, text, limit }: FindPeople) {
    const excluding = authorizeUser(FindPeople.useCase, principal);
    const found = await this.directory.find(text, { limit, excluding });
    return { people: found.map(personView) };
  }
}
