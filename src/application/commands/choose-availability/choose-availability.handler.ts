import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asInstant } from '../../../domain/kernel/instant.js';
import { ActorSystem } from '../../actors/actor-system.js';
import { authorizeUser } from '../../authorization/policy.js';
import { outcomeOf } from '../outcome.js';
import { commandIdOf } from '../request.js';
import { ChooseAvailability } from './choose-availability.command.js';

@CommandHandler(ChooseAvailability)
export class ChooseAvailabilityHandler implements ICommandHandler<ChooseAvailability> {
  constructor(private readonly actors: ActorSystem) {}

  async execute({ request, data }: ChooseAvailability) {
    const user = authorizeUser(ChooseAvailability.useCase, request.principal);
    const { availability, until } = data;
    // One line; blanks are no words.
    const text = data.text?.replace(/\s+/g, ' ').trim() || null;
    const answer = await this.actors.ask('presence', user, {
      command: {
        type: 'ChooseAvailability',
        data: {
          user,
          availability,
          text,
          until: until === null ? null : asInstant(until),
          device: request.device ?? 'computer',
        },
      },
      commandId: commandIdOf(request),
      principal: user,
      correlationId: request.correlationId,
    });
    return outcomeOf(answer, () => ({}));
  }
}
