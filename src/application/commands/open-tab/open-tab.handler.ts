import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OwnDesk } from '../desk/own-desk.js';
import { OpenTab } from './open-tab.command.js';

@CommandHandler(OpenTab)
export class OpenTabHandler implements ICommandHandler<OpenTab> {
  constructor(private readonly desk: OwnDesk) {}

  execute({ request, data }: OpenTab) {
    return this.desk.ask(OpenTab.useCase, request, data.conversationId, (conversationId) => ({
      type: 'OpenTab',
      data: { conversationId },
    }));
  }
}
