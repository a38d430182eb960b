import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { HANDLED_JOB, HANDLED_TIMER, type JobHandler, type TimerHandler } from './handler.js';
import type { Definition, JobDefinition, Lane, TimerDefinition } from './job.js';
import { mismatches, type Found } from './matching.js';
import { QUEUE_DEFINITIONS } from './settings.js';

interface Bound<D extends JobDefinition | TimerDefinition, H> extends Found<D> {
  readonly instance: H;
}

export type BoundJob = Bound<JobDefinition, JobHandler>;
export type BoundTimer = Bound<TimerDefinition, TimerHandler>;

/** The worker is put together wrongly: work would be taken and not done. */
export class HandlersDoNotMatch extends Error {
  constructor(problems: readonly string[]) {
    super(`The worker does not start, because its jobs and handlers do not match:\n  - ${problems.join('\n  - ')}`);
  }
}

/** Which provider does what, found among all providers of the process by their decorators. */
@Injectable()
export class Handlers implements OnModuleInit {
  private readonly jobs = new Map<string, BoundJob>();
  private bound: readonly BoundTimer[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    @Inject(QUEUE_DEFINITIONS) private readonly definitions: readonly Definition[],
  ) {}

  /** @throws HandlersDoNotMatch that lists every mistake. */
  onModuleInit(): void {
    const jobs = this.find<BoundJob>(HANDLED_JOB);
    this.bound = this.find<BoundTimer>(HANDLED_TIMER);
    const problems = mismatches(this.definitions, [...jobs, ...this.bound]);
    if (problems.length > 0) throw new HandlersDoNotMatch(problems);
    for (const job of jobs) this.jobs.set(job.definition.name, job);
  }

  job(name: string): BoundJob | undefined {
    return this.jobs.get(name);
  }

  get timers(): readonly BoundTimer[] {
    return this.bound;
  }

  get lanes(): readonly Lane[] {
    const lanes = [...this.jobs.values()].map(({ definition }) => definition.policy.lane);
    return lanes.filter((lane, index) => lanes.findIndex((other) => other.name === lane.name) === index);
  }

  /** Names that a row of the outbox may have for this process to forward it. */
  get routed(): readonly string[] {
    return this.definitions
      .filter(({ kind }) => kind !== 'timer')
      .flatMap((definition) => [definition.name, ...eventOf(definition)]);
  }

  /** The jobs that a row of this name starts: the job itself, or all that subscribe to the event. */
  routesOf(name: string): readonly JobDefinition[] {
    const jobs = this.definitions.filter((definition) => definition.kind === 'job');
    return jobs.filter((job) => job.name === name || job.on?.name === name);
  }

  private find<B extends BoundJob | BoundTimer>(key: string): B[] {
    return this.discovery.getProviders().flatMap(({ metatype, instance, name }) => {
      const definition: unknown = typeof metatype === 'function' ? Reflect.getMetadata(key, metatype) : undefined;
      return definition ? [{ definition, instance, handler: String(name) } as B] : [];
    });
  }
}

function eventOf(definition: Definition): string[] {
  return definition.kind === 'job' && definition.on ? [definition.on.name] : [];
}
