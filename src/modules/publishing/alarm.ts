/** Why due work is not being picked up, most telling first. */
export const ALARM_CAUSES = ['clockJump', 'queuePaused', 'noWorker', 'stuckLease', 'notTaken'] as const;
export type AlarmCause = (typeof ALARM_CAUSES)[number];

/** Work of one contractor that somebody should have taken. */
export interface Waiting {
  readonly contractorId: string;
  /** Publications that are due and not taken. */
  readonly overdue: number;
  /** For how long the oldest of them has been due. */
  readonly oldestSeconds: number;
  /** Publications whose worker is gone, and that nobody has cleared. */
  readonly stuck: number;
}

/** What the watch sees at one moment. */
export interface Sight {
  readonly waiting: readonly Waiting[];
  readonly clockInDoubt: boolean;
  /** What is wrong with the lane that sends. */
  readonly lane: 'queuePaused' | 'noWorker' | undefined;
}

const MEANINGS: Readonly<Record<AlarmCause, string>> = {
  clockJump: 'the database’s clock jumped, and nothing is sent until it is confirmed: look at it, then run confirm-clock',
  queuePaused: 'the queue is paused: resume it',
  noWorker: 'no worker serves the lane that sends: start one',
  stuckLease: 'leases of lost workers are not cleared: look at the workers’ logs',
  notTaken: 'workers run and nobody takes them: look at workers and queue',
};

/** The alarms that should be on: each contractor with waiting work, and the cause. */
export function alarmsOf({ waiting, clockInDoubt, lane }: Sight): { contractorId: string; cause: AlarmCause }[] {
  const general: AlarmCause = clockInDoubt ? 'clockJump' : (lane ?? 'notTaken');
  return waiting.flatMap(({ contractorId, overdue, stuck }) => [
    ...(overdue > 0 ? [{ contractorId, cause: general }] : []),
    ...(stuck > 0 ? [{ contractorId, cause: 'stuckLease' as const }] : []),
  ]);
}

/** For whoever watches a worker: what is wrong and what to do, or undefined. A clock in doubt is wrong before anything waits. */
export function problemOf(sight: Sight): string | undefined {
  const causes = new Set(alarmsOf(sight).map(({ cause }) => cause));
  if (sight.clockInDoubt) causes.add('clockJump');
  if (causes.size === 0) return undefined;
  const overdue = sight.waiting.reduce((sum, one) => sum + one.overdue, 0);
  const count = overdue > 0 ? `${overdue} publications are due for more than a minute. ` : '';
  return (
    count +
    ALARM_CAUSES.filter((cause) => causes.has(cause))
      .map((cause) => `${cause}: ${MEANINGS[cause]}`)
      .join('. ')
  );
}
