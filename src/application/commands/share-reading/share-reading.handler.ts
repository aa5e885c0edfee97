import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OwnDesk } from '../desk/own-desk.js';
import { ShareReading } from './share-reading.command.js';

@CommandHandler(ShareReading)
export class ShareReadingHandler implements ICommandHandler<ShareReading> {
  constructor(private readonly desk: OwnDesk) {}

  execute({ request, data: { shared } }: ShareReading) {
    return this.desk.askWhole(ShareReading.useCase, request, { type: 'ShareReading', data: { shared } });
  }
}
