import { IsUUID } from 'class-validator';
import { defineJob, defineLane, defineTimer } from '../../../platform/queue/job.js';
import { exportFailed, exportReady } from './export-jobs.events.js';

/** Of their own, and few at a time: files for other systems keep nobody waiting who publishes. */
const LANE = defineLane({ name: 'exports', concurrency: 2 });

export class RunExport {
  @IsUUID() contractorId: string;
  @IsUUID() exportJobId: string;
}

/** A turn of reading, or the writing of the whole file. Failed tries are counted in the job's row, which says when the next one is. */
export const runExportJob = defineJob({
  ...{ name: 'exports.run', payload: RunExport },
  policy: { attempts: 1, backoffMs: 1_000, timeoutMs: 1_800_000, lane: LANE },
});

/** Rings for what nobody works on, lets files expire and removes them. */
export const exportsTimer = defineTimer({ name: 'exports.sweep', everyMs: 15_000 });

/** Everything that this capability's workers handle, and what it tells. */
export const EXPORT_DEFINITIONS = [runExportJob, exportsTimer, exportReady, exportFailed];
