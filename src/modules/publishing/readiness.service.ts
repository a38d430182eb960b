import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Health } from '../../platform/observability/health.js';
import { problemOf } from './alarm.js';
import { WatchService } from './watch.service.js';

/** Says that due work is not being picked up, and why. Asked by whoever watches the process. */
@Injectable()
export class PublishingReadiness implements OnModuleInit {
  constructor(
    private readonly watch: WatchService,
    private readonly health: Health,
  ) {}

  onModuleInit(): void {
    this.health.add({ name: 'publishing', check: async () => problemOf(await this.watch.look()) });
  }
}
