import { Inject, Injectable } from '@nestjs/common';
import { asId, type UserId } from '../../../domain/kernel/ids.js';
import type { RosterCommand } from '../../../domain/roster/index.js';
import { ActorSystem } from '../../actors/actor-system.js';
import { authorizeUser, type UseCase } from '../../authorization/policy.js';
import type { Directory } from '../../ports/directory.js';
import { DIRECTORY } from '../../ports/tokens.js';
import { outcomeOf, type Outcome } from '../outcome.js';
import { commandIdOf, type Request } from '../request.js';

type Done = Outcome<Record<string, never>>;
type Make = (owner: UserId, other: UserId) => RosterCommand;

/**
 * What every command to one's own roster has in common: it concerns one other person, and nobody's roster but one's own. The other person's roster
 * hears of it by way of the log.
 */
@Injectable()
export class OwnRoster {
  constructor(
    private readonly actors: ActorSystem,
    @Inject(DIRECTORY) private readonly directory: Directory,
  ) {}

  async ask(useCase: UseCase, request: Request, other: string, make: Make): Promise<Done> {
    const owner = authorizeUser(useCase, request.principal);
    const answer = await this.actors.ask('roster', owner, {
      command: make(owner, asId<UserId>(other)),
      commandId: commandIdOf(request),
      principal: owner,
      correlationId: request.correlationId,
    });
    return outcomeOf(answer, () => ({}));
  }

  /** For what asks something of the other person: there must be one who can answer. */
  async askEnabled(useCase: UseCase, request: Request, other: string, make: Make): Promise<Done> {
    const owner = authorizeUser(useCase, request.principal);
    const [person] = other === owner ? [] : await this.directory.people([asId<UserId>(other)]);
    if (other !== owner && person?.enabled !== true) return { ok: false, error: 'not-found' };
    return this.ask(useCase, request, other, make);
  }
}
