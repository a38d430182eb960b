import { Injectable } from '@nestjs/common';
import { Health } from '../platform/observability/health.js';
import { QueueHealth } from '../platform/queue/activity.js';

/** A worker that can't take jobs is not ready, whatever else is well. */
@Injectable()
export class QueueReadiness {
  constructor(health: Health, queue: QueueHealth) {
    health.add({ name: 'queue', check: () => queue.check() });
  }
}
