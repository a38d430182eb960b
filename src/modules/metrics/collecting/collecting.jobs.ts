import { ArrayMaxSize, ArrayMinSize, IsUUID } from 'class-validator';
import { defineJob, defineLane, defineTimer } from '../../../platform/queue/job.js';
import { pageConnected } from '../../pages/pages.events.js';
import { pageWeekTold } from '../metrics.events.js';
import { MOST_PAGES } from './groups.js';

/** Names pages that share a secret; everything else is read from the database when the job runs. */
export class CollectPayload {
  @IsUUID() contractorId: string;
  @IsUUID(undefined, { each: true }) @ArrayMinSize(1) @ArrayMaxSize(MOST_PAGES) pageIds: string[];
}

/** Nothing that publishes waits behind numbers. */
const COLLECTING = defineLane({ name: 'collecting', concurrency: 5 });

export const collectJob = defineJob({
  name: 'metrics.collect',
  payload: CollectPayload,
  // One attempt: the next round comes anyway.
  policy: { attempts: 1, backoffMs: 1_000, timeoutMs: 300_000, lane: COLLECTING },
});

export const enrolConnectedJob = defineJob({
  name: 'metrics.enrolConnected',
  on: pageConnected,
  policy: { attempts: 10, backoffMs: 1_000, timeoutMs: 30_000 },
});

export const collectTimer = defineTimer({ name: 'metrics.collectRound', everyMs: 30_000 });

/** Everything that this capability's workers handle. */
export const COLLECTING_DEFINITIONS = [collectJob, enrolConnectedJob, collectTimer, pageWeekTold];
