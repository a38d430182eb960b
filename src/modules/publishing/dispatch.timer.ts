import { Injectable } from '@nestjs/common';
import { RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { inRounds } from '../../platform/queue/rounds.js';
import { Timers } from '../../platform/queue/timers.js';
import { DispatchService } from './dispatch.service.js';
import { dispatchTimer, sweepTimer } from './publishing.jobs.js';

/** Turns come by the tenth of a second. A run ends now and then, so that a stuck one is noticed. */
const ROUNDS = { restMs: 50, mostMs: 30_000 };
/** Preparing is not that urgent. */
const PREPARE_EACH_ROUNDS = 2;
/** Rounds in which nobody's turn came: what stands in the way takes longer than moments. */
const PATIENCE_ROUNDS = 20;

/** Looks once a second, and without a pause while anybody waits for his turn: then the budgets set the pace, not the timer. */
@Injectable()
@RunsOnTimer(dispatchTimer)
export class DispatchTimer implements TimerHandler {
  constructor(
    private readonly dispatcher: DispatchService,
    private readonly timers: Timers,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    let [prepared, inVain] = [0, 0];
    const left = await inRounds(ROUNDS, signal, async (round) => {
      if (round % PREPARE_EACH_ROUNDS === 0) prepared = await this.dispatcher.prepare();
      const { rung, waiting } = await this.dispatcher.dispatch();
      inVain = rung + prepared > 0 ? 0 : inVain + 1;
      return prepared > 0 || (waiting > 0 && inVain < PATIENCE_ROUNDS);
    });
    // In a long storm the second between two runs would be lost to everybody.
    if (left) this.timers.wake(dispatchTimer);
  }
}

@Injectable()
@RunsOnTimer(sweepTimer)
export class SweepTimer implements TimerHandler {
  constructor(private readonly dispatcher: DispatchService) {}

  run(): Promise<void> {
    return this.dispatcher.sweep();
  }
}
