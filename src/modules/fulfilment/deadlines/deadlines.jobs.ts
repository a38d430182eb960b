import { defineJob, defineTimer } from '../../../platform/queue/job.js';
import { contractAmended, contractMoved, productionCalendarLoaded, stageMoved } from '../../contracts/contracts.events.js';
import { pageConnected, pageCredentialsExpiring, pageStopped } from '../../pages/pages.events.js';
import { acceptanceMoved } from '../acceptance/acceptance.events.js';
import { handingsJudged } from '../fulfilment.events.js';
import { deadlineMoved } from './deadlines.events.js';

const FOLLOWS = { attempts: 10, backoffMs: 1_000, timeoutMs: 30_000 };

export const markMovedJob = defineJob({ name: 'deadlines.markMoved', on: contractMoved, policy: FOLLOWS });
export const markAmendedJob = defineJob({ name: 'deadlines.markAmended', on: contractAmended, policy: FOLLOWS });
export const markStageJob = defineJob({ name: 'deadlines.markStage', on: stageMoved, policy: FOLLOWS });
export const markAcceptanceJob = defineJob({ name: 'deadlines.markAcceptance', on: acceptanceMoved, policy: FOLLOWS });
export const markHandedJob = defineJob({ name: 'deadlines.markHanded', on: handingsJudged, policy: FOLLOWS });
export const markYearJob = defineJob({ name: 'deadlines.markYear', on: productionCalendarLoaded, policy: FOLLOWS });
export const markConnectedJob = defineJob({ name: 'deadlines.markConnected', on: pageConnected, policy: FOLLOWS });
export const markStoppedJob = defineJob({ name: 'deadlines.markStopped', on: pageStopped, policy: FOLLOWS });
export const markExpiringJob = defineJob({ name: 'deadlines.markExpiring', on: pageCredentialsExpiring, policy: FOLLOWS });

/** What changes together is computed together. */
export const deadlinesTimer = defineTimer({ name: 'deadlines.recompute', everyMs: 5_000 });

/** Everything that workers do about dates, and what they tell. */
export const DEADLINES_DEFINITIONS = [
  ...[
    markMovedJob,
    markAmendedJob,
    markStageJob,
    markAcceptanceJob,
    markHandedJob,
    markYearJob,
    markConnectedJob,
    markStoppedJob,
    markExpiringJob,
  ],
  ...[deadlinesTimer, deadlineMoved],
];
