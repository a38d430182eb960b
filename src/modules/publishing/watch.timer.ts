import { Injectable } from '@nestjs/common';
import { RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { watchTimer } from './publishing.jobs.js';
import { WatchService } from './watch.service.js';

@Injectable()
@RunsOnTimer(watchTimer)
export class WatchTimer implements TimerHandler {
  constructor(private readonly watch: WatchService) {}

  run(): Promise<void> {
    return this.watch.watch();
  }
}
