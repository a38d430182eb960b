import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { RELAY_OUTBOX } from './relay.js';
import { OUTBOX_CHANNEL } from './relay-nudge.js';
import { QUEUE_SETTINGS, type WorkerSettings } from './settings.js';
import { Timers } from './timers.js';

const RECONNECT_MS = 2_000;

/** Hears of committed outbox rows and wakes the relay. While it is deaf, the relay's sweep does the work. */
@Injectable()
export class RelayListener {
  private client: pg.Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private listening = false;

  constructor(
    @Inject(QUEUE_SETTINGS) private readonly settings: WorkerSettings,
    private readonly timers: Timers,
  ) {}

  async start(): Promise<void> {
    if (this.settings.timers === 'manual') return;
    this.listening = true;
    await this.listen();
  }

  async stop(): Promise<void> {
    this.listening = false;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => undefined);
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.settings.databaseSystemUrl,
      application_name: 'vestnik: hear outbox',
      keepAlive: true,
      connectionTimeoutMillis: RECONNECT_MS,
    });
    this.client = client;
    client.on('notification', () => this.timers.wake(RELAY_OUTBOX));
    client.on('error', () => undefined);
    client.once('end', () => this.listenAgainLater());
    try {
      await client.connect();
      await client.query(`listen ${OUTBOX_CHANNEL}`);
    } catch {
      await client.end().catch(() => undefined);
      this.listenAgainLater();
    }
  }

  private listenAgainLater(): void {
    clearTimeout(this.retry);
    if (this.listening) this.retry = setTimeout(() => void this.listen(), RECONNECT_MS).unref();
  }
}
