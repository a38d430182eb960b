import { Injectable } from '@nestjs/common';
import { RunsOnTimer, type TimerHandler } from '../../../platform/queue/handler.js';
import { everyDue } from '../../contracts/every-due.js';
import { ScheduleTurns } from './schedule-turns.service.js';
import { reportSchedulesTimer } from './schedules.jobs.js';

/** Has reports made whose day has come; after a downtime all that were missed, once. */
@Injectable()
@RunsOnTimer(reportSchedulesTimer)
export class ReportSchedulesTimer implements TimerHandler {
  constructor(private readonly turns: ScheduleTurns) {}

  run(signal: AbortSignal): Promise<void> {
    return everyDue(
      signal,
      (limit) => this.turns.due(limit),
      (key) => this.turns.turn(key),
    );
  }
}
