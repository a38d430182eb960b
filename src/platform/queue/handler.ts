import { SetMetadata } from '@nestjs/common';
import type { JobDefinition, JobPayload, TimerDefinition } from './job.js';

/** The run that a handler is in. */
export interface JobRun {
  readonly id: string;
  /** 1 on the first attempt. */
  readonly attempt: number;
  /** Aborted at the time-out, at shutdown, and when another worker has taken the job over. Pass it on to whatever waits. */
  readonly signal: AbortSignal;
}

/** Does one kind of job. Resolving completes the job; throwing spends an attempt. It may run twice at the same time. */
export interface JobHandler<P extends JobPayload = JobPayload> {
  run(payload: P, job: JobRun): Promise<void>;
}

/** Does one kind of periodic work. An error is logged and the timer goes on. */
export interface TimerHandler {
  run(signal: AbortSignal): Promise<void>;
}

export const HANDLED_JOB = 'vestnik:handled-job';
export const HANDLED_TIMER = 'vestnik:handled-timer';

/** Marks the provider that does this job. */
export function HandlesJob<P extends JobPayload>(
  definition: JobDefinition<P>,
): (target: new (...args: never[]) => JobHandler<P>) => void {
  return SetMetadata(HANDLED_JOB, definition);
}

/** Marks the provider that this timer runs. */
export function RunsOnTimer(definition: TimerDefinition): (target: new (...args: never[]) => TimerHandler) => void {
  return SetMetadata(HANDLED_TIMER, definition);
}
