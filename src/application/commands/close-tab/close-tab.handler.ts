import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OwnDesk } from '../desk/own-desk.js';
import { CloseTab } from './close-tab.command.js';

@CommandHandler(CloseTab)
export class CloseTabHandler implements ICommandHandler<CloseTab> {
  constructor(private readonly desk: OwnDesk) {}

  execute({ request, data }: CloseTab) {
    return this.desk.ask(CloseTab.useCase, request, data.conversationId, (conversationId, last) => ({
      type: 'CloseTab',
      data: { conversationId, upTo: Math.min(data.upTo, last) },
    }));
  }
}
