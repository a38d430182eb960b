import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { LocalModule } from '../../src/apps/local.module.js';
import { buildServer } from '../../src/apps/serve.js';
import { silenceTimer } from '../../src/modules/fulfilment/acceptance/acceptance.jobs.js';
import { recomputeTimer } from '../../src/modules/fulfilment/fulfilment.jobs.js';
import { reviewTimer } from '../../src/modules/fulfilment/penalties/penalties.jobs.js';
import {
  checkTimer,
  dispatchTimer,
  editTimer,
  reconcileTimer,
  sweepTimer,
} from '../../src/modules/publishing/publishing.jobs.js';
import type { IdentitySettings } from '../../src/modules/identity/identity.settings.js';
import { type Config, parseConfig } from '../../src/platform/config/config.js';
import { createLogger, PinoLogger } from '../../src/platform/observability/logger.js';
import { QueueActivity } from '../../src/platform/queue/activity.js';
import { DeadlinePassed } from '../../src/platform/clock/deadline.js';
import { Handlers } from '../../src/platform/queue/handlers.js';
import type { TimerDefinition } from '../../src/platform/queue/job.js';
import { OutboxRelay } from '../../src/platform/queue/relay.js';
import { Timers } from '../../src/platform/queue/timers.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { startSandbox } from '../../src/sandbox/start-sandbox.js';
import { ApiClient } from './api-client.js';
import { FORGET_TENANTS } from './forget-tenants.js';
import { TestClock } from './test-clock.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

const TIMERS = [dispatchTimer, sweepTimer, checkTimer, reconcileTimer, editTimer];
/** These would find nothing to do, unless a row is due. */
const TIMERS_IF_DUE = { recompute: recomputeTimer, silence: silenceTimer, review: reviewTimer };

/** On a very busy machine the queue may be late for once: as in production, the timer's next run rings again. */
function onlyLate(error: unknown): void {
  if (!(error instanceof DeadlinePassed)) throw error;
}

/** Wide enough for journeys; the limits themselves have their own test. */
const GENEROUS = { points: 100_000, seconds: 60 };
const GENEROUS_LIMITS: IdentitySettings['limits'] = {
  loginByEmail: GENEROUS,
  loginByAddress: GENEROUS,
  signUpByAddress: GENEROUS,
};

/** On a new connection the first statements take ten times as long, and each harness begins with new ones. */
export const FEW_CONNECTIONS = { database: 4, queue: 2 };

/** Most tests begin with several people who log in: what a password should cost has a spec of its own. */
const CHEAP: IdentitySettings['passwordCost'] = { memoryKib: 64, passes: 1 };

export interface HarnessOptions {
  readonly limits?: IdentitySettings['limits'];
  /** The database, if not a fresh one of the run's server. */
  readonly database?: TestDatabase;
  /** Where the queue is, if not in the test's own database. */
  readonly queueUrl?: (database: TestDatabase) => string;
  readonly corsOrigins?: string;
  /** The mail server, if there is one. */
  readonly smtpUrl?: string;
  /** What the networks take a second: in most journeys nobody waits for that. */
  readonly budgets?: 'wide' | 'documented';
  /** Takes every log line, down to debug. */
  readonly log?: (line: string) => void;
}

/** The whole system for one test file: API and workers, a database of its own, the networks' sandbox, a clock to move. */
export class Harness {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly api: ApiClient,
    readonly baseUrl: string,
    readonly database: TestDatabase,
    readonly sandbox: Sandbox,
    readonly clock: TestClock,
    readonly storageDir: string,
    private readonly owner: pg.Pool,
    /** Whether the queue is in the same database. */
    private readonly hasQueueHere: boolean,
  ) {}

  static async start(options: HarnessOptions = {}): Promise<Harness> {
    const database = options.database ?? (await createTestDatabase());
    const clock = new TestClock(database.ownerUrl);
    // So that whether the suites pass at every hour of the day can be tried at any of them.
    const { TEST_HOURS_AHEAD } = process.env;
    if (TEST_HOURS_AHEAD) await clock.advance({ hours: Number(TEST_HOURS_AHEAD) });
    const sandbox = await startSandbox({ clock, vk: { perSecond: { user: 1_000, service: 1_000, community: 1_000 } } });
    const storageDir = await mkdtemp(join(tmpdir(), 'vestnik-storage-'));
    try {
      if (options.budgets !== 'documented') await widenBudgets(database);
      const queueUrl = (options.queueUrl ?? queueOfThisRun())(database);
      const app = await startApp({ ...options, queueUrl }, { database, clock, sandbox, storageDir });
      const { port } = app.getHttpServer().address() as AddressInfo;
      const baseUrl = `http://127.0.0.1:${port}`;
      const owner = new pg.Pool({ connectionString: database.superuserUrl, max: 2 });
      owner.on('error', () => undefined);
      return new Harness(
        app,
        new ApiClient(baseUrl),
        baseUrl,
        database,
        sandbox,
        clock,
        storageDir,
        owner,
        queueUrl.startsWith('postgres'),
      );
    } catch (error) {
      // A start that failed must not keep the test run alive.
      await sandbox.stop();
      await database.drop();
      throw error;
    }
  }

  /** Lets the workers do everything that is due now, and nothing that is due later. */
  async drain(): Promise<void> {
    const timers = this.app.get(Timers);
    for (let round = 0; round < 50; round += 1) {
      const { due } = await this.look();
      for (const timer of [...TIMERS, ...due]) await timers.runOnce(timer).catch(onlyLate);
      if (!(await this.untilQuiet()).hasDueWork) return;
    }
    throw new Error('The workers found no end');
  }

  /** Reads the database as its superuser, past row-level security: for assertions only. */
  async sql<R extends object = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> {
    return (await this.owner.query<R>(text, values)).rows;
  }

  /** As `sql`, several named statements without values in one go. @returns the rows of each, by its name */
  async sqlEach<N extends string>(texts: Readonly<Record<N, string>>): Promise<Record<N, Record<string, unknown>[]>> {
    const results = (await this.owner.query(Object.values(texts).join('; '))) as unknown as pg.QueryResult[];
    const rows = Object.keys(texts).map((name, i) => [name, results[i]!.rows]);
    return Object.fromEntries(rows) as Record<N, Record<string, unknown>[]>;
  }

  /** No tenant is left: what an earlier test planned must take neither the next one's time nor its script. */
  async forgetTenants(): Promise<void> {
    await this.drain();
    await this.sql(FORGET_TENANTS);
    this.sandbox.vk.scripts.clear();
    this.sandbox.ok.scripts.clear();
  }

  /** What another process of this system finds in its environment. */
  environment(): Record<string, string> {
    return testEnvironment(this.database, this.sandbox, { storageDir: this.storageDir });
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.owner.end();
    await this.sandbox.stop();
    await this.database.drop();
    await rm(this.storageDir, { recursive: true, force: true });
  }

  /** Until no job waits or runs, and no row of the outbox waits to become one. */
  private async untilQuiet(): Promise<Look> {
    const [relay, activity] = [this.app.get(OutboxRelay), this.app.get(QueueActivity)];
    for (;;) {
      do await new Promise((resolve) => setTimeout(resolve, 5));
      while (activity.isBusyHere);
      const look = await this.look();
      if (look.hasOutbox) await relay.runOnce();
      else if (!look.hasJobs && (this.hasQueueHere || (await activity.isIdle()))) return look;
    }
  }

  /** What is under way and what is due, at one instant: whoever waits asks often, so it is one statement. */
  private async look(): Promise<Look> {
    const { routed } = this.app.get(Handlers);
    const text = this.hasQueueHere ? `${WORK_IN_QUEUE} union all ${WORK}` : WORK;
    // Under a name, so that it is planned once: that takes longer than looking.
    const { rows } = await this.owner.query<{ work: string }>({ name: 'look', text, values: [routed] });
    const found = new Set(rows.map(({ work }) => work));
    const due = Object.entries(TIMERS_IF_DUE).flatMap(([work, timer]) => (found.has(work) ? [timer] : []));
    return {
      hasOutbox: found.has('outbox'),
      hasJobs: found.has('job'),
      hasDueWork: found.has('publishing') || due.length > 0,
      due,
    };
  }
}

interface Look {
  readonly hasOutbox: boolean;
  readonly hasJobs: boolean;
  readonly hasDueWork: boolean;
  /** Timers that have something to do beside those of publishing. */
  readonly due: readonly TimerDefinition[];
}

/** As `QueueActivity.isIdle` asks, which needs two queries for each lane. */
const WORK_IN_QUEUE = `
  select 'job' as work where exists (select 1 from bullmq.job where state in ('waiting', 'active')
    or (state = 'delayed' and process_at_ms <= extract(epoch from clock_timestamp()) * 1000))`;

const WORK = `
  select 'outbox' as work where exists (select 1 from outbox where relayed_at is null and name = any ($1))
  union all
  select 'publishing' where exists (
    select 1 from publications p where (state = 'scheduled' and next_try_at <= app_now() and not exists (
        select 1 from page_lanes l where l.page_id = p.page_id and l.parked_until > app_now())) or state in ('claimed', 'sending')
      or (state = 'unclear' and next_look_at <= app_now())
      or (state = 'published' and withdraw_requested_at is not null and next_look_at <= app_now()))
    or exists (select 1 from publication_edits where state in ('waiting', 'unclear') and next_try_at <= app_now())
  union all
  select 'recompute' where exists (select 1 from requirement_periods where recompute_at <= app_now())
  union all
  select 'silence' where exists (select 1 from acceptances where step_at <= app_now())
  union all
  select 'review' where exists (select 1 from penalty_reviews where review_at <= app_now())`;

async function widenBudgets(database: TestDatabase): Promise<void> {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  await client
    .query('update network_budgets set page_per_second = 1000; update credential_rates set per_second = 1000')
    .finally(() => client.end());
}

type Surroundings = Pick<Harness, 'database' | 'clock' | 'sandbox' | 'storageDir'>;

async function startApp(
  options: Omit<HarnessOptions, 'queueUrl'> & { readonly queueUrl: string },
  { database, clock, sandbox, storageDir }: Surroundings,
): Promise<NestFastifyApplication> {
  const config = testConfig(database, sandbox, { ...options, storageDir });
  const module = LocalModule.with(config, {
    ...{
      clock,
      identity: { limits: options.limits ?? GENEROUS_LIMITS, passwordCost: CHEAP },
      timers: 'manual',
      queuePrefix: database.name,
      connections: FEW_CONNECTIONS,
    },
  });
  const logger = options.log && new PinoLogger(createLogger('debug', { write: options.log }));
  const app = await buildServer(module, config, logger);
  await app.listen(0, '127.0.0.1');
  return app;
}

/** Where a suite does not say otherwise. With TEST_QUEUE=redis everything runs on Redis that runs on PostgreSQL as a rule. */
function queueOfThisRun(): NonNullable<HarnessOptions['queueUrl']> {
  if (process.env.TEST_QUEUE !== 'redis') return (database) => database.systemUrl;
  const redis = process.env.TEST_REDIS_URL;
  if (!redis) throw new Error('TEST_QUEUE=redis needs TEST_REDIS_URL: start a redis-server and say where it is');
  return () => redis;
}

interface Outside {
  readonly storageDir: string;
  readonly queueUrl?: string | undefined;
  readonly corsOrigins?: string;
  readonly smtpUrl?: string;
}

export function testConfig(database: TestDatabase, sandbox: Sandbox, options: Outside): Config {
  return parseConfig(testEnvironment(database, sandbox, options));
}

function testEnvironment(database: TestDatabase, sandbox: Sandbox, options: Outside): Record<string, string> {
  return {
    NODE_ENV: 'test',
    DATABASE_URL: database.appUrl,
    DATABASE_SYSTEM_URL: database.systemUrl,
    ...(options.queueUrl && { QUEUE_URL: options.queueUrl }),
    ...(options.corsOrigins && { CORS_ORIGINS: options.corsOrigins }),
    ...(options.smtpUrl && { SMTP_URL: options.smtpUrl }),
    STORAGE_URL: `file://${options.storageDir}`,
    SECRET_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
    ACCESS_TOKEN_SECRET: 'a secret of the tests that nobody else has',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    VK_API_URL: sandbox.vkUrl,
    VK_ID_URL: sandbox.vkUrl,
    OK_API_URL: sandbox.okUrl,
    OK_AUTH_URL: sandbox.okUrl,
    NETWORK_UPLOAD_HOSTS: sandbox.uploadHosts.join(','),
    WEBHOOK_HOSTS: '127.0.0.1',
  };
}
