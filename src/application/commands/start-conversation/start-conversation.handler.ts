import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type UserId } from '../../../domain/kernel/ids.js';
import { ActorSystem } from '../../actors/actor-system.js';
import { authorizeUser } from '../../authorization/policy.js';
import type { Directory } from '../../ports/directory.js';
import { DIRECTORY } from '../../ports/tokens.js';
import { outcomeOf } from '../outcome.js';
import { commandIdOf } from '../request.js';
import { directConversationId } from './direct-conversation-id.js';
import { StartConversation } from './start-conversation.command.js';

@CommandHandler(StartConversation)
export class StartConversationHandler implements ICommandHandler<StartConversation> {
  constructor(
    private readonly actors: ActorSystem,
    @Inject(DIRECTORY) private readonly directory: Directory,
  ) {}

  async execute({ request, data }: StartConversation) {
    const principal = authorizeUser(StartConversation.useCase, request.principal);
    const other = asId<UserId>(data.with);
    const [person] = other === principal ? [] : await this.directory.people([other]);
    const allowed = other === principal || person?.enabled === true;
    const conversationId = directConversationId(principal, other);
    const envelope = { principal, correlationId: request.correlationId };
    const started = await this.actors.askIf(allowed, 'conversation', conversationId, {
      ...envelope,
      command: { type: 'StartDirectConversation', data: { conversationId, with: other } },
      commandId: commandIdOf(request),
    });
    if (started !== null && started.kind !== 'accepted') return outcomeOf(started, () => ({ conversationId }));
    // A crash between the two leaves a conversation without an open tab: the client repeats the command, and the tab opens then.
    // Where there was a conversation already, the tab is all that the first try left behind.
    const opened = await this.actors.askIf(started !== null, 'desk', principal, {
      ...envelope,
      command: { type: 'OpenTab', data: { conversationId } },
      commandId: commandIdOf(request, 'tab'),
    });
    return outcomeOf(opened, () => ({ conversationId }));
  }
}
