import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { QueueBackend } from './backend.js';
import { withDeadline } from '../clock/deadline.js';
import { LaneWorkers } from './lane-workers.js';
import { QUEUE_BACKEND, Queues } from './queues.js';
import { RelayListener } from './relay-listener.js';
import { QUEUE_SETTINGS, type WorkerSettings } from './settings.js';
import { Timers } from './timers.js';

/** Long enough for any single request to a network, shorter than the half minute that orchestrators allow. */
const GRACE_MS = 25_000;

const CLOSE_MS = 2_000;

/** The queue's connections. Database pools close one phase later (`onApplicationShutdown`). */
@Injectable()
export class QueueConnections {
  constructor(
    private readonly queues: Queues,
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
  ) {}

  /** Politely while the server answers; one that is away must not keep the process from ending. */
  async close(): Promise<void> {
    await withDeadline('Closing the queue', CLOSE_MS, this.queues.close()).catch(() => undefined);
    await withDeadline('Closing the connections', CLOSE_MS, this.backend.close()).catch(() => undefined);
  }
}

/** A process that only hands work over has nothing to wait for. */
@Injectable()
export class ApiLifecycle implements BeforeApplicationShutdown {
  constructor(private readonly connections: QueueConnections) {}

  async beforeApplicationShutdown(): Promise<void> {
    await this.connections.close();
  }
}

/** Starts the worker's parts when the application is complete, and stops them in the opposite order. */
@Injectable()
export class WorkerLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly workers: LaneWorkers,
    private readonly timers: Timers,
    private readonly listener: RelayListener,
    private readonly connections: QueueConnections,
    @Inject(QUEUE_SETTINGS) private readonly settings: WorkerSettings,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.workers.start();
    this.timers.start();
    await this.listener.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    const grace = this.settings.shutdownGraceMs ?? GRACE_MS;
    await withDeadline('Closing the listener', CLOSE_MS, this.listener.stop()).catch(() => undefined);
    // Timers stop feeding first; the lanes' grace runs at the same time.
    await Promise.all([this.timers.stop(grace), this.workers.stop(grace)]);
    await this.connections.close();
  }
}
