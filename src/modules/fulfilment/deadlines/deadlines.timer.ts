import { Injectable } from '@nestjs/common';
import { RunsOnTimer, type TimerHandler } from '../../../platform/queue/handler.js';
import { everyDue } from '../../contracts/every-due.js';
import { DeadlineRecomputing } from './deadline-recomputing.service.js';
import { deadlinesTimer } from './deadlines.jobs.js';

/** Computes anew the dates of what has changed, and of what time has changed; after a downtime everything, once. */
@Injectable()
@RunsOnTimer(deadlinesTimer)
export class DeadlinesTimer implements TimerHandler {
  constructor(private readonly recomputing: DeadlineRecomputing) {}

  run(signal: AbortSignal): Promise<void> {
    return everyDue(
      signal,
      (limit) => this.recomputing.due(limit),
      (key) => this.recomputing.recompute(key),
    );
  }
}
