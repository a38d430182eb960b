// What collecting costs in calls, and whether numbers are found as fast among ten times as many snapshots.
// Sizes are options: `npm run bench metrics 10000 100000` tries it small.
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { MetricsReader } from '../dist/src/modules/metrics/metrics-reader.service.js';
import { MetricsReaderStore } from '../dist/src/modules/metrics/metrics-reader.store.js';
import { NumbersStore } from '../dist/src/modules/metrics/numbers.store.js';
import { groupsOf } from '../dist/src/modules/metrics/collecting/groups.js';
import { batches } from '../dist/src/modules/metrics/collecting/round.js';
import { OK_ASKED_AT_ONCE } from '../dist/src/networks/ok/ok.numbers.js';
import { VK_ASKED_AT_ONCE } from '../dist/src/networks/vk/vk.numbers.js';
import { createDataSource } from '../dist/src/platform/database/data-source.js';
import { UnitOfWork } from '../dist/src/platform/database/work.js';

const SIZES = [1_000_000, 10_000_000];
/** An hourly day, three quarters of a month by days, and so on: what a post has in the end. */
const SNAPSHOTS_EACH = 100;
const POSTS_OF_PAGE = 60;
const CALLS = 300;
const POSTS = 10_000;

export async function measureMetrics(urls, ...options) {
  for (const postsOfPage of [3, 10, 60, 600]) sayCalls(postsOfPage);
  const sizes = options.length > 0 ? options.map(Number) : SIZES;
  const owner = new pg.Client({ connectionString: urls.superuser });
  await owner.connect();
  const pool = { max: 5, statementTimeoutMs: 60_000, connectionTimeoutMs: 2_000 };
  const [app, system] = [urls.app, urls.system].map((url) => createDataSource({ url, ...pool }, []));
  await Promise.all([app, system].map((source) => source.initialize()));
  try {
    let before;
    for (const rows of sizes) {
      const world = await seed(owner, rows);
      const medians = await measure(new UnitOfWork(app, system), world);
      for (const [name, ms] of Object.entries(medians)) {
        const ratio = before ? `  ×${(ms / before[name]).toFixed(2)}` : '';
        say(`${String(rows).padStart(9)} snapshots  ${name.padEnd(24)} ${ms.toFixed(2).padStart(6)} ms${ratio}`);
      }
      before = medians;
    }
  } finally {
    await Promise.all([app, system].map((source) => source.destroy()));
    await owner.end();
  }
}

/** The calls of one round of every page, against the fewest that the networks allow: reach is told page by page alone. */
function sayCalls(postsOfPage) {
  const pages = Math.ceil(POSTS / postsOfPage);
  for (const [name, { counters, reach }] of [
    ['VK', VK_ASKED_AT_ONCE],
    ['OK', OK_ASKED_AT_ONCE],
  ]) {
    const reachCalls = pages * batches(Array.from({ length: postsOfPage }), reach).length;
    for (const sharing of [pages, 1]) {
      const groups = groupsOf(somePages(pages, sharing)).map(({ pageIds }) => pageIds.length * postsOfPage);
      const used = groups.flatMap((posts) => batches(Array.from({ length: posts }), counters)).length;
      // Posts that different secrets read can share no call.
      const fewest = (pages / sharing) * Math.ceil((sharing * postsOfPage) / counters);
      const secrets = sharing === 1 ? 'a secret for each page' : 'one secret for all';
      say(
        `${name}: ${POSTS} posts, ${postsOfPage} of each page, ${secrets}: counters ${used} calls, at least ${fewest} ` +
          `(×${(used / fewest).toFixed(2)}); reach ${reachCalls}; together ${used + reachCalls}, at least ${fewest + reachCalls} ` +
          `(×${((used + reachCalls) / (fewest + reachCalls)).toFixed(2)})`,
      );
    }
  }
}

/** @param sharing so many of them share a secret */
function somePages(count, sharing) {
  return Array.from({ length: count }, (_, i) => ({
    ...{ contractorId: 'a', pageId: String(i), readsWith: String(Math.floor(i / sharing)), ring: '1' },
  }));
}

/** One contractor with so many snapshots, spread over its posts as collecting spreads them: round by round. */
async function seed(owner, rows) {
  const [contractorId, clientId] = [randomUUID(), randomUUID()];
  const posts = Math.ceil(rows / SNAPSHOTS_EACH);
  await owner.query('truncate post_snapshots, page_snapshots, page_day_readings');
  await owner.query('begin');
  // What the snapshots belong to does not matter here.
  await owner.query('set local session_replication_role = replica');
  await owner.query(
    `create temporary table bench_posts on commit drop as
     select gen_random_uuid() as id, (n / ${POSTS_OF_PAGE})::integer as page from generate_series(0, ${posts - 1}) n`,
  );
  await owner.query(
    `create temporary table bench_pages on commit drop as select distinct page, gen_random_uuid() as id from bench_posts group by page`,
  );
  await owner.query(
    `insert into post_snapshots (contractor_id, client_id, page_id, publication_id, taken_at, views, reach, likes, gaps)
     select $1, $2, g.id, p.id, now() - make_interval(hours => ${SNAPSHOTS_EACH} - n), n * 10, n * 7, n, '{}'
     from generate_series(1, ${SNAPSHOTS_EACH}) n, bench_posts p join bench_pages g using (page)`,
    [contractorId, clientId],
  );
  await owner.query(
    `insert into page_snapshots (contractor_id, client_id, page_id, taken_at, members, gaps)
     select $1, $2, g.id, now() - make_interval(hours => ${SNAPSHOTS_EACH} - n), 5000 + n, '{}'
     from generate_series(1, ${SNAPSHOTS_EACH}) n, bench_pages g`,
    [contractorId, clientId],
  );
  const pages = await owner.query(`select id, page from bench_pages order by random() limit ${CALLS}`);
  const found = await owner.query(`select page, array_agg(id) as ids from bench_posts where page = any($1) group by page`, [
    pages.rows.map(({ page }) => page),
  ]);
  await owner.query('commit');
  await owner.query('vacuum analyze post_snapshots, page_snapshots');
  const postsOf = new Map(found.rows.map(({ page, ids }) => [page, ids]));
  return { contractorId, pages: pages.rows.map(({ id, page }) => ({ pageId: id, posts: postsOf.get(page) })) };
}

async function measure(work, { contractorId, pages }) {
  const [reader, numbers] = [new MetricsReader(new MetricsReaderStore()), new NumbersStore()];
  const asOf = new Date();
  const [from, until] = [-6, 1].map((days) => new Date(asOf.getTime() + days * 86_400_000).toISOString().slice(0, 10));
  const days = { contractorId, timeZone: 'Asia/Kamchatka', from, until, asOf };
  const questions = {
    'last of a page’s posts': (tx, { posts }) => reader.ofPosts(tx, { contractorId }, posts, asOf),
    'snapshots of a post': (tx, { posts }) => numbers.snapshots(tx, contractorId, posts[0], { before: asOf, limit: 50 }),
    'days of a page': (tx, { pageId }) => reader.ofPage(tx, { ...days, pageId }),
  };
  const medians = {};
  for (const [name, ask] of Object.entries(questions)) {
    const times = [];
    for (let call = 0; call < 2 * CALLS; call += 1) {
      const start = performance.now();
      await work.reading({ contractorId, clientIds: 'all' }, (tx) => ask(tx, pages[call % pages.length]));
      // The first time round warms caches.
      if (call >= CALLS) times.push(performance.now() - start);
    }
    medians[name] = times.sort((a, b) => a - b)[times.length >> 1];
  }
  return medians;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
