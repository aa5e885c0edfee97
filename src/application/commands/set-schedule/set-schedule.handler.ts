import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isZone } from '../../presence/zone.js';
import { OwnDesk } from '../desk/own-desk.js';
import { SetSchedule } from './set-schedule.command.js';

@CommandHandler(SetSchedule)
export class SetScheduleHandler implements ICommandHandler<SetSchedule> {
  constructor(private readonly desk: OwnDesk) {}

  async execute({ request, data: { schedule } }: SetSchedule) {
    // Which zones there are is known to the runtime, not to the domain.
    if (schedule !== null && !isZone(schedule.zone))
      return { ok: false as const, error: 'schedule-unknown-zone' as const };
    return this.desk.askWhole(SetSchedule.useCase, request, { type: 'SetSchedule', data: { schedule } });
  }
}
