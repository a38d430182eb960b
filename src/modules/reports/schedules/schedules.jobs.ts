import { defineJob, defineTimer } from '../../../platform/queue/job.js';
import { stageMoved } from '../../contracts/contracts.events.js';
import { REPORTS_LANE } from '../reports.jobs.js';

/** A stage is frozen: its report is due. */
export const reportStageJob = defineJob({
  ...{ name: 'reports.stage', on: stageMoved },
  policy: { attempts: 10, backoffMs: 1_000, timeoutMs: 30_000, lane: REPORTS_LANE },
  when: ({ state }) => state === 'reportReady',
});

/** Working days begin at midnights of eleven zones: soon after each of them. */
export const reportSchedulesTimer = defineTimer({ name: 'reports.schedules', everyMs: 20_000 });
