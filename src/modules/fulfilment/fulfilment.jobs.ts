import { defineJob, defineTimer } from '../../platform/queue/job.js';
import { contractAmended, contractMoved, productionCalendarLoaded } from '../contracts/contracts.events.js';
import { pageWeekTold } from '../metrics/metrics.events.js';
import {
  outsidePostAttributed,
  outsidePostSeen,
  postScheduled,
  publicationDrifted,
  publicationEdited,
  publicationMoved,
} from '../publishing/publishing.events.js';
import { excuseChanged, handingsJudged } from './fulfilment.events.js';

const FOLLOWS = { attempts: 10, backoffMs: 1_000, timeoutMs: 30_000 };

export const replanMovedJob = defineJob({ name: 'fulfilment.replanMoved', on: contractMoved, policy: FOLLOWS });
export const replanAmendedJob = defineJob({ name: 'fulfilment.replanAmended', on: contractAmended, policy: FOLLOWS });
export const beginHandoverJob = defineJob({
  ...{ name: 'fulfilment.beginHandover', on: contractMoved, policy: FOLLOWS },
  when: ({ status }) => ['completing', 'completed', 'terminated'].includes(status),
});
export const recalendarJob = defineJob({ name: 'fulfilment.recalendar', on: productionCalendarLoaded, policy: FOLLOWS });
export const noteMovedJob = defineJob({ name: 'fulfilment.noteMoved', on: publicationMoved, policy: FOLLOWS });
export const noteDriftedJob = defineJob({ name: 'fulfilment.noteDrifted', on: publicationDrifted, policy: FOLLOWS });
export const noteEditedJob = defineJob({ name: 'fulfilment.noteEdited', on: publicationEdited, policy: FOLLOWS });
export const noteScheduledJob = defineJob({ name: 'fulfilment.noteScheduled', on: postScheduled, policy: FOLLOWS });
export const noteOutsideJob = defineJob({ name: 'fulfilment.noteOutside', on: outsidePostSeen, policy: FOLLOWS });
export const noteWeekJob = defineJob({ name: 'fulfilment.noteWeek', on: pageWeekTold, policy: FOLLOWS });
export const noteAttributedJob = defineJob({ name: 'fulfilment.noteAttributed', on: outsidePostAttributed, policy: FOLLOWS });

/** Facts that come together are counted together. */
export const recomputeTimer = defineTimer({ name: 'fulfilment.recompute', everyMs: 5_000 });

/** Everything that this module's workers handle. */
export const FULFILMENT_DEFINITIONS = [
  ...[replanMovedJob, replanAmendedJob, recalendarJob, beginHandoverJob],
  ...[noteMovedJob, noteDriftedJob, noteEditedJob, noteScheduledJob, noteOutsideJob, noteAttributedJob, noteWeekJob],
  ...[recomputeTimer, handingsJudged, excuseChanged],
];
