import { Injectable } from '@nestjs/common';
import { RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { DispatchService } from './dispatch.service.js';
import { dispatchTimer, sweepTimer } from './publishing.jobs.js';

@Injectable()
@RunsOnTimer(dispatchTimer)
export class DispatchTimer implements TimerHandler {
  constructor(private readonly dispatcher: DispatchService) {}

  run(): Promise<void> {
    return this.dispatcher.dispatch();
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
