import { IsUUID } from 'class-validator';
import { defineJob, defineLane, defineTimer } from '../../../platform/queue/job.js';

/** A slow mail server keeps nobody waiting but letters. */
const LETTERS_LANE = defineLane({ name: 'letters', concurrency: 2 });

export class SendReport {
  @IsUUID() contractorId: string;
  @IsUUID() deliveryId: string;
}

/** Tried once: what comes of it stands in its row, and the round rings again. */
export const sendReportJob = defineJob({
  ...{ name: 'reports.send', payload: SendReport },
  policy: { attempts: 1, backoffMs: 1_000, timeoutMs: 300_000, lane: LETTERS_LANE },
});

export const deliveriesTimer = defineTimer({ name: 'reports.deliveries', everyMs: 20_000 });
