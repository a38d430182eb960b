import { defineJob, defineTimer } from '../../../platform/queue/job.js';
import { contractAmended, contractMoved, stageMoved } from '../../contracts/contracts.events.js';
import { acceptanceMoved } from '../acceptance/acceptance.events.js';
import { excuseChanged } from '../fulfilment.events.js';
import { penaltyProposed } from './penalties.events.js';

const FOLLOWS = { attempts: 10, backoffMs: 1_000, timeoutMs: 30_000 };

export const reviewMovedJob = defineJob({ name: 'penalties.reviewMoved', on: contractMoved, policy: FOLLOWS });
export const reviewAmendedJob = defineJob({ name: 'penalties.reviewAmended', on: contractAmended, policy: FOLLOWS });
export const reviewStageJob = defineJob({ name: 'penalties.reviewStage', on: stageMoved, policy: FOLLOWS });
export const reviewAcceptanceJob = defineJob({ name: 'penalties.reviewAcceptance', on: acceptanceMoved, policy: FOLLOWS });
export const reviewExcuseJob = defineJob({ name: 'penalties.reviewExcuse', on: excuseChanged, policy: FOLLOWS });

/** Days end at midnights of eleven zones: soon after each of them. */
export const reviewTimer = defineTimer({ name: 'penalties.review', everyMs: 20_000 });

/** Everything that this capability's workers handle, and what it tells. */
export const PENALTIES_DEFINITIONS = [
  ...[reviewMovedJob, reviewAmendedJob, reviewStageJob, reviewAcceptanceJob, reviewExcuseJob],
  ...[reviewTimer, penaltyProposed],
];
