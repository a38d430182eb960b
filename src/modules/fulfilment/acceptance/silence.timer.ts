import { Injectable } from '@nestjs/common';
import { RunsOnTimer, type TimerHandler } from '../../../platform/queue/handler.js';
import { everyDue } from '../../contracts/every-due.js';
import { silenceTimer } from './acceptance.jobs.js';
import { SilenceService } from './silence.service.js';

/** Looks where the term of an acceptance is over; after a downtime everywhere, once. */
@Injectable()
@RunsOnTimer(silenceTimer)
export class SilenceTimer implements TimerHandler {
  constructor(private readonly silence: SilenceService) {}

  run(signal: AbortSignal): Promise<void> {
    return everyDue(
      signal,
      (limit) => this.silence.due(limit),
      (key) => this.silence.look(key),
    );
  }
}
