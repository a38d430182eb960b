import { type DynamicModule, Global, Module, type Provider, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { QueueActivity, QueueHealth } from './activity.js';
import { BEAT, Heartbeat, LaneService } from './heartbeat.js';
import { Handlers } from './handlers.js';
import { CHECK_QUEUE_SERVER, CLEAN_OUTBOX, OutboxCleaner, QueueServerCheck } from './housekeeping.js';
import type { Definition } from './job.js';
import { JobRunner } from './job-runner.js';
import { LaneWorkers } from './lane-workers.js';
import { ApiLifecycle, QueueConnections, WorkerLifecycle } from './lifecycle.js';
import { NestQueueLog } from './nest-log.js';
import { openBackend } from './open-backend.js';
import { OutboxStore } from './outbox.store.js';
import { Outbox } from './outbox.js';
import { QUEUE_BACKEND, Queues } from './queues.js';
import { RelayListener } from './relay-listener.js';
import { RelayNudge } from './relay-nudge.js';
import { OutboxRelay, RELAY_OUTBOX } from './relay.js';
import { JobObserver, QUEUE_DEFINITIONS, QUEUE_SETTINGS, QueueLog, type QueueSettings, type WorkerSettings } from './settings.js';
import { Timers } from './timers.js';
import { WorkerQueues } from './worker-queues.js';

const OWN_TIMERS = [RELAY_OUTBOX, CLEAN_OUTBOX, CHECK_QUEUE_SERVER, BEAT];

const WORKER_PROVIDERS = [
  Handlers,
  JobRunner,
  LaneWorkers,
  Timers,
  OutboxRelay,
  OutboxCleaner,
  QueueServerCheck,
  RelayListener,
  QueueActivity,
  QueueHealth,
  LaneService,
  Heartbeat,
  WorkerLifecycle,
];

/** The queue of a process. Needs `UnitOfWork` and `Ids` from global modules. */
@Global()
@Module({})
export class QueueModule {
  /** A process that only hands work over: `Outbox`, and `Queues` for what needs no outbox. Connects when first used. */
  static forApi(settings: QueueSettings): DynamicModule {
    const given = { provide: QUEUE_SETTINGS, useValue: settings };
    const providers = [...producing(settings, 0, { queues: Queues, given }), ApiLifecycle];
    return { module: QueueModule, providers, exports: [Outbox, Queues] };
  }

  /**
   * A process that does the work as well. `definitions` lists every job and timer that some provider of the process
   * handles, and the events that nobody subscribes to; the process refuses to start when they don't match.
   */
  static forWorker(settings: WorkerSettings, definitions: readonly Definition[]): DynamicModule {
    const lanes = new Set(definitions.flatMap((definition) => (definition.kind === 'job' ? [definition.policy.lane.name] : [])));
    return {
      module: QueueModule,
      imports: [DiscoveryModule],
      providers: [
        ...producing(settings, lanes.size, { queues: WorkerQueues, given: OBSERVED(settings) }),
        { provide: QUEUE_DEFINITIONS, useValue: [...OWN_TIMERS, ...definitions] },
        ...WORKER_PROVIDERS,
      ],
      exports: [Outbox, Queues, Timers, OutboxRelay, QueueActivity, QueueHealth, LaneService],
    };
  }
}

const OBSERVED = (settings: WorkerSettings): Provider => ({
  provide: QUEUE_SETTINGS,
  inject: [{ token: JobObserver, optional: true }],
  useFactory: (observer?: JobObserver): WorkerSettings => ({
    observe: (outcome) => observer?.ended(outcome),
    ...settings,
  }),
});

function producing(
  settings: QueueSettings,
  lanes: number,
  { queues, given }: { queues: Type<Queues>; given: Provider },
): Provider[] {
  return [
    given,
    { provide: QUEUE_BACKEND, useFactory: () => openBackend(settings, lanes) },
    { provide: QueueLog, useClass: NestQueueLog },
    OutboxStore,
    RelayNudge,
    Outbox,
    { provide: Queues, useClass: queues },
    QueueConnections,
  ];
}
