// A worker is killed in the middle of a storm and another one starts at once: how long until everything goes on as if nothing
// had happened? What the dead one was just sending stays unclear until the page has been looked at, and is counted apart.
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { startSandbox } from '../dist/src/sandbox/start-sandbox.js';
import { inWholeSeconds, seedStorm } from './storm-world.mjs';
import { startWorker, stopWorker } from './worker-process.mjs';

const TIMES = 3;
const CONTRACTORS = 60;
const EACH = 10;

export async function measureRecovery(urls) {
  const sandbox = await startSandbox();
  const key = randomBytes(32);
  const watch = new pg.Client({ connectionString: urls.superuser });
  await watch.connect();
  let worker;
  try {
    for (let time = 1; time <= TIMES; time += 1) {
      const contractors = Array.from({ length: CONTRACTORS }, () => ({
        name: 'equal',
        vk: { pages: 1, each: EACH },
        ok: { pages: 0, each: 0 },
      }));
      const dueAt = inWholeSeconds(20_000);
      await seedStorm({ superuserUrl: urls.superuser, sandbox, key, contractors, dueAt });
      worker ??= startWorker({ urls, sandbox, key });
      await until(
        () => count(watch, `state = 'published' and due_at = '${dueAt.toISOString()}'`),
        (n) => n >= (CONTRACTORS * EACH) / 3,
      );
      await stopWorker(worker, 'SIGKILL');
      const killed = Date.now();
      const left = await count(watch, `state in ('claimed', 'sending')`);
      const before = await count(watch, `state = 'published'`);
      worker = startWorker({ urls, sandbox, key });
      await until(
        () => count(watch, `state = 'published'`),
        (n) => n > before,
      );
      const first = Date.now() - killed;
      await until(
        () => count(watch, `state in ('scheduled', 'claimed', 'sending')`),
        (n) => n === 0,
      );
      const all = Date.now() - killed;
      await until(
        () => count(watch, `state = 'unclear'`),
        (n) => n === 0,
      );
      const known = Date.now() - killed;
      const [{ doubles }] = (
        await watch.query(`select count(*)::integer as doubles from (select 1 from publication_attempts where outcome = 'published'
          group by publication_id having count(*) > 1) d`)
      ).rows;
      say(
        `killed with ${left} under way: next post after ${secs(first)}, nothing waits any more after ${secs(all)}, every outcome known after ${secs(known)}; published twice: ${doubles}`,
      );
    }
  } finally {
    if (worker) await stopWorker(worker);
    await watch.end();
    await sandbox.stop();
  }
}

async function until(read, enough) {
  for (let waited = 0; !enough(await read()); waited += 100) {
    if (waited > 300_000) throw new Error('it does not recover');
    await wait(100);
  }
}

const count = async (client, condition) =>
  Number((await client.query(`select count(*) from publications where ${condition}`)).rows[0].count);
const secs = (ms) => `${(ms / 1_000).toFixed(1)} s`;
const say = (line) => void process.stdout.write(`${line}\n`);
