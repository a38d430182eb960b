import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import { Queues } from '../../../platform/queue/queues.js';
import { ClaimStore, type DueEndpoint } from './claim.store.js';
import { sendJob } from './deliveries.jobs.js';

/** Requests that an endpoint gets at a time, when it works; one that fails is tried by one request alone. */
const AT_A_TIME = 4;
const MOST_ENDPOINTS = 500;

/** Starts jobs that send. A ring too many finds nothing to do. */
@Injectable()
export class Ringing {
  constructor(
    private readonly work: UnitOfWork,
    private readonly claims: ClaimStore,
    private readonly queues: Queues,
  ) {}

  /** Rings for everything that is due, whoever forgot to. */
  async ringDue(): Promise<void> {
    await this.ring(await this.work.acrossTenants('webhooks that are due', (tx) => this.claims.dueEndpoints(tx, MOST_ENDPOINTS)));
  }

  /** An id that waits or runs is not started again: the ids of an endpoint's jobs are as many as it may get requests at a time. */
  ring(due: readonly DueEndpoint[]): Promise<void> {
    const rings = due.flatMap(({ contractorId, endpointId, failures }) =>
      Array.from({ length: failures > 0 ? 1 : AT_A_TIME }, (_, place) => ({
        payload: { contractorId, endpointId },
        jobId: `webhooks.${endpointId}.${place}`,
      })),
    );
    return this.queues.ring(sendJob, rings);
  }
}
