// What does a look of the dispatcher cost when the table is long? Nothing due, then a round with 500 pages due, each
// rolled back; among 10^4, 10^5 and 10^6 publications of the future.
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { DispatchStore } from '../dist/src/modules/publishing/dispatch.store.js';
import { TurnStore } from '../dist/src/modules/publishing/turn.store.js';
import { createDataSource } from '../dist/src/platform/database/data-source.js';
import { UnitOfWork } from '../dist/src/platform/database/work.js';

const LENGTHS = [10_000, 100_000, 1_000_000];
const TIMES = 15;
const DUE = 500;

export async function measureDispatchCost(urls) {
  const owner = new pg.Client({ connectionString: urls.superuser });
  await owner.connect();
  const pool = { max: 2, statementTimeoutMs: 60_000, connectionTimeoutMs: 2_000 };
  const [app, system] = [createDataSource({ url: urls.app, ...pool }, []), createDataSource({ url: urls.system, ...pool }, [])];
  await Promise.all([app.initialize(), system.initialize()]);
  const work = new UnitOfWork(app, system);
  try {
    await startTable(owner);
    let rows = 0;
    for (const length of LENGTHS) {
      await fill(owner, rows, length);
      rows = length;
      await printCosts(work, owner, length);
    }
  } finally {
    await Promise.all([app.destroy(), system.destroy()]);
    await owner.end();
  }
}

async function printCosts(work, owner, length) {
  const [turns, found] = [new TurnStore(), new DispatchStore()];
  const round = async (tx) => {
    const turn = await turns.begin(tx, 'vk');
    return (await turns.take(tx, 'vk', turn)).rung.length;
  };
  const idle = await median(work, round);
  const prepare = await median(work, async (tx) => (await found.pickUnprepared(tx)).length);
  const overdue = await median(work, (tx) => found.countOverdue(tx));
  await owner.query(`update publications set next_try_at = now() - interval '1 second', due_at = now() - interval '1 second'
    where ctid in (select min(ctid) from publications where slot > 1000 group by page_id limit ${DUE})`);
  const busy = await median(work, round);
  await owner.query(
    `update publications set next_try_at = now() + interval '30 days', due_at = now() + interval '30 days' where next_try_at < now() + interval '1 hour'`,
  );
  const line = `idle round ${show(idle)}, round with ${DUE} pages due ${show(busy)} (rings ${busy.result}), look for unprepared ${show(prepare)}, overdue ${show(overdue)}`;
  process.stdout.write(`${String(length).padStart(9)} scheduled: ${line}\n`);
}

async function median(work, run) {
  const times = [];
  let result;
  for (let i = 0; i < TIMES; i += 1) {
    await work
      .acrossTenants('bench', async (tx) => {
        const start = performance.now();
        result = await run(tx);
        times.push(performance.now() - start);
        throw new Undo();
      })
      .catch((error) => {
        if (!(error instanceof Undo)) throw error;
      });
  }
  return { ms: times.sort((left, right) => left - right)[Math.floor(TIMES / 2)], result };
}

class Undo extends Error {}

const show = ({ ms }) => `${ms.toFixed(1)} ms`;

/** A thousand pages in five hundred contractors to hang the rows on. */
async function startTable(owner) {
  await owner.query(
    `set session_replication_role = replica; truncate publications cascade; truncate page_lanes, contractor_lanes, credential_budgets`,
  );
  await owner.query(`create temporary table stage as select gen_random_uuid() as page_id, c.contractor_id, c.client_id
    from (select gen_random_uuid() as contractor_id, gen_random_uuid() as client_id from generate_series(1, 500)) c, generate_series(1, 2)`);
  await owner.query(
    `insert into contractors (contractor_id, name, inn, ogrn, time_zone) select distinct contractor_id, '-', '-', '-', 'UTC' from stage`,
  );
  await owner.query(
    `insert into pages (contractor_id, id, client_id, network, external_id) select contractor_id, page_id, client_id, 'vk', page_id from stage`,
  );
}

async function fill(owner, from, to) {
  await owner.query(
    `insert into publications (contractor_id, id, client_id, post_id, page_id, network, slot, due_at, next_try_at, planned_local, time_zone,
       post_version, content_hash, marker, scheduled_by, prepared_at)
     select contractor_id, gen_random_uuid(), client_id, client_id, page_id, 'vk', 1000 + n, at, at, '-', 'UTC', 1, '-', '-', client_id, now()
     from generate_series($1::integer / 1000 + 1, $2::integer / 1000) n, stage, lateral (select now() + interval '1 day' + random() * interval '60 days' as at) t`,
    [from, to],
  );
  await owner.query('vacuum analyze publications');
}
