import { Inject, Injectable } from '@nestjs/common';
import { asId, type UserId } from '../../../domain/kernel/ids.js';
import type { Directory } from '../../ports/directory.js';
import { DIRECTORY } from '../../ports/tokens.js';

/** Who can be invited at all: people whom the directory knows, and who can sign in. */
@Injectable()
export class Invitable {
  constructor(@Inject(DIRECTORY) private readonly directory: Directory) {}

  /** The people, and whether each of them can be invited: an invitation never reaches only some of those who were named. */
  async people(ids: readonly string[]): Promise<{ readonly users: readonly UserId[]; readonly allowed: boolean }> {
    const users = [...new Set(ids)].map((id) => asId<UserId>(id));
    const known = await this.directory.people(users);
    const enabled = new Set(known.filter((person) => person.enabled).map(({ id }) => id));
    return { users, allowed: users.every((user) => enabled.has(user)) };
  }
}
