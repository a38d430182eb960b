/** What every job carries: ids only, and the tenant that it works for. Content is read again from the database. */
export interface JobPayload {
  contractorId: string;
}

/** A class whose class-validator decorators say what a payload holds; anything else in it is refused. */
export type PayloadClass<P extends JobPayload> = new () => P;

/** Jobs of one lane share workers, so a slow kind of work never holds up a quick one in another lane. */
export interface Lane {
  readonly name: string;
  /** Jobs of this lane that one worker process runs at a time. */
  readonly concurrency: number;
}

export interface JobPolicy {
  /** Runs that may fail before the job is given up. */
  readonly attempts: number;
  /** Wait before the second attempt; doubles with each further one. */
  readonly backoffMs: number;
  /** When the handler's signal is aborted. A handler that ignores it is abandoned a little later. */
  readonly timeoutMs: number;
  readonly lane: Lane;
}

/** A fact that modules above may subscribe to. */
export interface EventDefinition<P extends JobPayload = JobPayload> {
  readonly kind: 'event';
  readonly name: string;
  readonly payload: PayloadClass<P>;
}

export interface JobDefinition<P extends JobPayload = JobPayload> {
  readonly kind: 'job';
  readonly name: string;
  readonly payload: PayloadClass<P>;
  readonly policy: JobPolicy;
  /** The event that starts this job; a job without one is enqueued by name. */
  readonly on?: EventDefinition<P>;
  /** Which of those events start it; absent: all. A job that only finds nothing to do costs as much as one that works. */
  when?(event: P): boolean;
}

/** Periodic work of every worker process. It must be safe to run in several of them at once. */
export interface TimerDefinition {
  readonly kind: 'timer';
  readonly name: string;
  /** Pause between the end of one run and the start of the next. */
  readonly everyMs: number;
}

export type Definition = JobDefinition | TimerDefinition | EventDefinition;

type PartialPolicy = Pick<JobPolicy, 'attempts' | 'backoffMs' | 'timeoutMs'> & { readonly lane?: Lane };

interface NewJob<P extends JobPayload> {
  readonly name: string;
  readonly payload: PayloadClass<P>;
  readonly policy: PartialPolicy;
}

interface NewSubscriber<P extends JobPayload> {
  readonly name: string;
  readonly on: EventDefinition<P>;
  when?(event: P): boolean;
  readonly policy: PartialPolicy;
}

// BullMQ keeps ':' for itself in queue names and job ids; one spelling keeps names readable in logs and metrics.
const NAME = /^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*)*$/;

/** A lane of one's own, for work that must not wait behind other modules'. */
export function defineLane(lane: Lane): Lane {
  return { ...lane, name: valid(lane.name) };
}

export const DEFAULT_LANE = defineLane({ name: 'default', concurrency: 10 });

/** A fact in past tense, published with `Outbox.publish` in the transaction that made it true. */
export function defineEvent<P extends JobPayload>(event: { name: string; payload: PayloadClass<P> }): EventDefinition<P> {
  return { kind: 'event', name: valid(event.name), payload: event.payload };
}

/**
 * One kind of work: a name, what its payload holds, and how often it is tried. With `on` it runs for each such event, or
 * for those that `when` wants.
 * Exactly one class `@HandlesJob` it, and running that twice must be harmless.
 */
export function defineJob<P extends JobPayload>(job: NewJob<P> | NewSubscriber<P>): JobDefinition<P> {
  const policy = { lane: DEFAULT_LANE, ...job.policy };
  const name = valid(job.name);
  if ('on' in job) return { kind: 'job', name, payload: job.on.payload, policy, on: job.on, ...(job.when && { when: job.when }) };
  return { kind: 'job', name, payload: job.payload, policy };
}

/** Work that every worker process repeats, run by the class that `@RunsOnTimer` it. */
export function defineTimer(timer: { name: string; everyMs: number }): TimerDefinition {
  return { kind: 'timer', name: valid(timer.name), everyMs: timer.everyMs };
}

function valid(name: string): string {
  if (!NAME.test(name))
    throw new Error(`"${name}" is no name for a job, event, timer or lane: write it like "publishing.publish"`);
  return name;
}
