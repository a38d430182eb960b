import { IsInt, IsUUID } from 'class-validator';
import { defineJob, defineLane, defineTimer } from '../../platform/queue/job.js';
import { reportFrozen } from './reports.events.js';

/** Of their own, and few at a time: a thousand reports on the first of a month keep nobody waiting who publishes. */
export const REPORTS_LANE = defineLane({ name: 'reports', concurrency: 2 });

export class BuildReport {
  @IsUUID() contractorId: string;
  @IsUUID() reportId: string;
}

export const buildReportJob = defineJob({
  ...{ name: 'reports.build', payload: BuildReport },
  policy: { attempts: 5, backoffMs: 2_000, timeoutMs: 120_000, lane: REPORTS_LANE },
});

export class RenderReport {
  @IsUUID() contractorId: string;
  @IsUUID() reportId: string;
  @IsInt() number: number;
}

export const renderReportJob = defineJob({
  ...{ name: 'reports.render', payload: RenderReport },
  policy: { attempts: 5, backoffMs: 5_000, timeoutMs: 300_000, lane: REPORTS_LANE },
});

/** Rings again for what the queue has lost. */
export const reportsSweepTimer = defineTimer({ name: 'reports.sweep', everyMs: 30_000 });

/** Everything that this module's workers handle, and what it tells. */
export const REPORTS_DEFINITIONS = [buildReportJob, reportsSweepTimer, reportFrozen];
