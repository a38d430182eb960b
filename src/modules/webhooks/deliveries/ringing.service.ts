import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import { Queues, type Ring } from '../../../platform/queue/queues.js';
import { ClaimStore, type DueEndpoint } from './claim.store.js';
import { sendJob, sendTroubledJob, type SendWebhooks } from './deliveries.jobs.js';

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

  /**
   * An id that waits or runs is not started again: the ids of an endpoint's jobs are as many as it may get requests at a time. While it
   * turns slow, or well again, what is under way beside the one kind ends beside the other: for that moment it may get as many again.
   */
  async ring(due: readonly DueEndpoint[]): Promise<void> {
    const isTroubled = ({ failures, isSlow }: DueEndpoint): boolean => failures > 0 || isSlow;
    await this.queues.ring(sendJob, due.filter((one) => !isTroubled(one)).flatMap(ringsOf));
    await this.queues.ring(sendTroubledJob, due.filter(isTroubled).flatMap(ringsOf));
  }
}

function ringsOf({ contractorId, endpointId, failures }: DueEndpoint): Ring<SendWebhooks>[] {
  return Array.from({ length: failures > 0 ? 1 : AT_A_TIME }, (_, place) => ({
    payload: { contractorId, endpointId },
    jobId: `webhooks.${endpointId}.${place}`,
  }));
}
