import { Injectable } from '@nestjs/common';
import { RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { everyDue } from '../contracts/every-due.js';
import { recomputeTimer } from './fulfilment.jobs.js';
import { Recomputing } from './recomputing.service.js';

/** Counts anew what facts or midnights have touched; after a downtime everything, once. */
@Injectable()
@RunsOnTimer(recomputeTimer)
export class RecomputeTimer implements TimerHandler {
  constructor(private readonly recomputing: Recomputing) {}

  run(signal: AbortSignal): Promise<void> {
    return everyDue(
      signal,
      (limit) => this.recomputing.due(limit),
      (key) => this.recomputing.recompute(key),
    );
  }
}
