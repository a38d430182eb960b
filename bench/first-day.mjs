// The first working day of a month: every client's report of the last month is frozen, rendered and sent, while everybody posts at
// nine. Is each letter there once, and are posts later than on any other day? `npm run bench first-day 1000` takes more clients.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { startSandbox } from '../dist/src/sandbox/start-sandbox.js';
import { seedContracts } from './recompute-world.mjs';
import { inWholeSeconds, seedStorm } from './storm-world.mjs';
import { startWorker, stopWorker } from './worker-process.mjs';

/** Twenty posts a month on two pages. */
const POSTS_EACH = 240;
const MONTH = '2026-10-01';
/** Those who post meanwhile. */
const STORM = Array.from({ length: 50 }, () => ({ name: 'equal', vk: { pages: 1, each: 4 }, ok: { pages: 0, each: 0 } }));

export async function measureFirstDay(urls, clients = '200') {
  const [key, sandbox, mail, folder] = [
    randomBytes(32),
    await startSandbox(),
    await mailServer(),
    await mkdtemp(join(tmpdir(), 'bench-')),
  ];
  const db = new pg.Client({ connectionString: urls.superuser });
  await db.connect();
  await seedContracts(db, { contracts: Number(clients), postsEach: POSTS_EACH });
  const env = { SMTP_URL: mail.url, STORAGE_URL: `file://${folder}` };
  const worker = startWorker({ urls, sandbox, key, env });
  const world = { db, key, sandbox, urls, worker, mail };
  try {
    await layOut(world);
    let began = 0;
    const quiet = await storm(world, 0, () => undefined);
    say(`posts of an hour without reports: ${lateness(quiet)}`);
    const busy = await storm(world, 10_000, async (dueAt) => {
      await wait(dueAt.getTime() - Date.now() - 5_000);
      began = Date.now();
      await orderReports(db);
    });
    say(`posts while reports are made:     ${lateness(busy)}`);
    await until(
      world,
      `select 1 where not exists (select 1 from report_schedules where step_at <= app_now())
      and not exists (select 1 from report_deliveries where state in ('queued', 'sending'))
      and (select count(*) from report_deliveries) = ${Number(clients)}`,
    );
    say(await summary(world, (Date.now() - began) / 1_000));
  } finally {
    await stopWorker(worker);
    await db.end();
    await mail.stop();
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The worker hears of the contracts, lays out their periods, and computes them. */
async function layOut(world) {
  await world.db.query(
    `insert into outbox (contractor_id, id, name, payload)
     select contractor_id, gen_random_uuid(), 'contract.moved', jsonb_build_object('contractorId', contractor_id, 'clientId', client_id,
       'contractId', id, 'status', status) from contracts`,
  );
  await until(
    world,
    `select 1 where not exists (select 1 from outbox where name = 'contract.moved' and relayed_at is null)
       and not exists (select 1 from contracts c where not exists (select 1 from requirement_periods r where r.contract_id = c.id))
       and not exists (select 1 from requirement_periods where recompute_at <= app_now())
       and not exists (select 1 from bullmq.job where state in ('waiting', 'active'))`,
  );
}

/** A schedule for each client whose day has come. */
async function orderReports(db) {
  await db.query(
    `insert into report_schedules (contractor_id, id, client_id, rhythm, working_day, recipients, next_starts_on, step_at)
     select contractor_id, gen_random_uuid(), client_id, 'monthly', 1, array['press-' || number || '@client.example'], $1, app_now()
     from contracts where clauses -> 'requirements' is not null and kind = 'civilServices'`,
    [MONTH],
  );
}

/** Posts that are all due in one second. @returns how late each was, in milliseconds */
async function storm({ db, key, sandbox, urls, worker }, externalFrom, meanwhile) {
  const dueAt = inWholeSeconds(20_000);
  await seedStorm({ superuserUrl: urls.superuser, sandbox, key, contractors: STORM, dueAt, externalFrom });
  const done = meanwhile(dueAt);
  await until(
    { db, worker },
    `select 1 where not exists (select 1 from publications where due_at = '${dueAt.toISOString()}'
    and state in ('scheduled', 'claimed', 'sending'))`,
  );
  await done;
  const { rows } = await db.query(
    `select extract(epoch from published_at - due_at)::float8 * 1000 as late from publications where due_at = $1 order by 1`,
    [dueAt],
  );
  return rows.map(({ late }) => late);
}

async function summary({ db, mail }, seconds) {
  const one = async (sql) => (await db.query(sql)).rows[0].n;
  const ready = await one(`select count(*)::integer as n from reports where state = 'ready'`);
  const files = await one(`select count(*)::integer as n from report_renderings where state = 'ready'`);
  const sent = await one(`select count(*)::integer as n from report_deliveries where state = 'sent'`);
  const letters = new Map();
  for (const to of mail.received) letters.set(to, (letters.get(to) ?? 0) + 1);
  const twice = [...letters.values()].filter((times) => times > 1).length;
  return (
    `${ready} reports frozen, ${files} files, ${sent} letters said to be sent, ${letters.size} recipients have one, ${twice} have two; ` +
    `${seconds.toFixed(0)} s from the first order to the last letter, ${((ready * 60) / seconds).toFixed(0)} a minute`
  );
}

async function until({ db, worker }, holds) {
  while ((await db.query(holds)).rows.length === 0) {
    if (worker.exitCode !== null) throw new Error('The worker ended');
    const { rows } = await db.query(`select failure from reports where state = 'failed' limit 1`);
    if (rows.length > 0) throw new Error(`A report failed: ${rows[0].failure}`);
    await wait(250);
  }
}

async function mailServer() {
  const received = [];
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false },
    onData: (stream, { envelope }, done) => {
      void text(stream).then(() => {
        received.push(...envelope.rcptTo.map(({ address }) => address));
        done(null);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { received, url: `smtp://127.0.0.1:${server.server.address().port}`, stop };
}

function lateness(late) {
  const at = (share) => `${(late[Math.min(late.length - 1, Math.floor(late.length * share))] / 1_000).toFixed(1)} s`;
  return `${late.length} posts, lateness p50 ${at(0.5)}, p99 ${at(0.99)}, last ${at(1)}`;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
