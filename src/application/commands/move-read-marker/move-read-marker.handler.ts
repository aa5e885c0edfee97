import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OwnDesk } from '../desk/own-desk.js';
import { MoveReadMarker } from './move-read-marker.command.js';

@CommandHandler(MoveReadMarker)
export class MoveReadMarkerHandler implements ICommandHandler<MoveReadMarker> {
  constructor(private readonly desk: OwnDesk) {}

  execute({ request, data }: MoveReadMarker) {
    return this.desk.ask(MoveReadMarker.useCase, request, data.conversationId, (conversationId, last) => ({
      type: 'MoveReadMarker',
      data: { conversationId, sequence: Math.min(data.sequence, last) },
    }));
  }
}
