import { Injectable } from '@nestjs/common';
import { RunsOnTimer, type TimerHandler } from '../../../platform/queue/handler.js';
import { everyDue } from '../../contracts/every-due.js';
import { Reminding } from './reminding.service.js';
import { remindersTimer } from './reminders.jobs.js';

/** Reminds of everything that is due; after a downtime with the last step that has come. */
@Injectable()
@RunsOnTimer(remindersTimer)
export class RemindersTimer implements TimerHandler {
  constructor(private readonly reminding: Reminding) {}

  run(signal: AbortSignal): Promise<void> {
    return everyDue(
      signal,
      (limit) => this.reminding.due(limit),
      ({ contractorId }) => this.reminding.remind(contractorId, signal),
    );
  }
}
