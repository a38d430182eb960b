// Ten thousand events for an endpoint that works, alone and then beside endpoints that are slow, dead, or answer 500: is any lost, is
// the order of a subject kept, and how much later does the one that works get them? The worker is a process of its own, as in
// production. `npm run bench webhooks 500` takes fewer.
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { v7 } from 'uuid';
import { Sealer } from '../dist/src/platform/crypto/sealing.js';
import { startSandbox } from '../dist/src/sandbox/start-sandbox.js';
import { startWorker, stopWorker } from './worker-process.mjs';

/** What happens to each contract, in this order: a fact that no other module listens to, so that webhooks alone are measured. */
const STORY = ['lateSubmission', 'lateCure', 'missedRequirement', 'latePayment'];
const SLOW_MS = 2_000;

export async function measureWebhooks(urls, events = '10000') {
  const contracts = Math.max(1, Math.floor(Number(events) / STORY.length));
  const key = randomBytes(32);
  const sandbox = await startSandbox();
  const db = new pg.Client({ connectionString: urls.superuser });
  await db.connect();
  const receivers = {
    healthy: await receiver(() => 200),
    slow: await receiver(async () => {
      await wait(SLOW_MS);
      return 200;
    }),
    failing: await receiver(() => 500),
    dead: await receiver(() => 200),
  };
  receivers.dead.close();
  const worker = startWorker({ urls, sandbox, key, env: { WEBHOOK_HOSTS: '127.0.0.1' } });
  const world = { db, key, contracts, worker };
  try {
    const alone = await measured(world, { healthy: receivers.healthy });
    say(`alone             ${line(alone)}`);
    const beside = await measured(world, receivers);
    say(`beside bad ones   ${line(beside)}   (${(beside.last / alone.last).toFixed(2)} of the time alone)`);
    for (const [name, states] of Object.entries(await statesOf(db, beside.contractorId))) say(`  ${name.padEnd(8)} ${states}`);
  } finally {
    await stopWorker(worker);
    for (const { close } of Object.values(receivers)) close();
    await db.end();
    await sandbox.stop();
  }
}

/** A contractor of its own with these endpoints, to whose contracts everything happens at once. */
async function measured({ db, key, contracts, worker }, receivers) {
  const { healthy } = receivers;
  healthy.calls.length = 0;
  const contractorId = await seedContractor(db, key, receivers);
  const began = performance.now();
  const expected = await seedFacts(db, contractorId, contracts);
  while (healthy.calls.length < expected) {
    if (worker.exitCode !== null) throw new Error('The worker ended');
    await wait(100);
  }
  const late = healthy.calls.map(({ at }) => at - began).sort((a, b) => a - b);
  const [{ count }] = (await db.query('select count(*) from webhook_deliveries where contractor_id = $1', [contractorId])).rows;
  return {
    ...{ contractorId, expected, lost: expected * Object.keys(receivers).length - Number(count) },
    ...{ inOrder: inOrder(healthy.calls), p50: late[Math.floor(late.length / 2)], last: late.at(-1) },
  };
}

function line({ expected, lost, inOrder: ordered, p50, last }) {
  const rate = Math.round(expected / (last / 1_000));
  return `${expected} events, lost ${lost}, in order: ${ordered ? 'yes' : 'NO'}, p50 ${secs(p50)}, last ${secs(last)}, ${rate} a second`;
}

/** Repetitions are allowed, steps back are not. */
function inOrder(calls) {
  const reached = new Map();
  return calls.every(({ contractId, kind }) => {
    const [step, before] = [STORY.indexOf(kind), reached.get(contractId) ?? -1];
    reached.set(contractId, Math.max(step, before));
    return step <= before + 1;
  });
}

async function statesOf(db, contractorId) {
  const { rows } = await db.query(
    `select e.description as name, string_agg(distinct d.state, ', ') as states, count(*) filter (where d.state = 'delivered') as delivered,
       count(*) as all, e.failures
     from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id where d.contractor_id = $1
     group by e.id, e.description, e.failures order by e.description`,
    [contractorId],
  );
  return Object.fromEntries(
    rows.map((row) => [
      row.name,
      `${row.delivered} of ${row.all} delivered, ${row.failures} failures in a row, the rest ${row.states}`,
    ]),
  );
}

async function seedContractor(db, key, receivers) {
  const [contractorId, member] = [randomUUID(), randomUUID()];
  await db.query(
    `insert into contractors (contractor_id, name, inn, kpp, ogrn, time_zone) values ($1, 'Стенд', '7707083893', '770701001',
       '1027700132195', 'Europe/Moscow')`,
    [contractorId],
  );
  await db.query(
    `insert into members (contractor_id, id, email, name, password_hash, role, all_clients)
     values ($1, $2, $3, 'Стенд', 'x', 'owner', true)`,
    [contractorId, member, `${contractorId}@bench.example`],
  );
  const sealer = new Sealer([{ version: 1, key }]);
  for (const [name, { url }] of Object.entries(receivers)) {
    const [id, secretId] = [v7(), v7()];
    await db.query(
      `insert into webhook_endpoints (contractor_id, id, url, description, event_types, all_clients, client_ids, created_by)
       values ($1, $2, $3, $4, '{}', true, '{}', $5)`,
      [contractorId, id, url, name, member],
    );
    const place = { contractorId, table: 'webhook_secrets', column: 'sealed', rowId: secretId };
    const sealed = sealer.seal(`whsec_${randomBytes(32).toString('base64')}`, place);
    await db.query('insert into webhook_secrets (contractor_id, id, endpoint_id, sealed) values ($1, $2, $3, $4)', [
      ...[contractorId, secretId, id, sealed],
    ]);
  }
  return contractorId;
}

/** Rows of the outbox as transactions leave them behind. @returns how many */
async function seedFacts(db, contractorId, contracts) {
  const client = randomUUID();
  await db.query(
    `insert into clients (contractor_id, id, kind, name, inn, kpp, ogrn, address, email, phones, time_zone)
     values ($1, $2, 'court', 'Суд', '7707083893', '770701001', '1027700132195', 'Москва', 'c@example.org', '{}', 'Europe/Moscow')`,
    [contractorId, client],
  );
  const ids = Array.from({ length: contracts }, () => randomUUID());
  const facts = STORY.flatMap((kind) =>
    ids.map((contractId) => ({
      id: v7(),
      payload: { contractorId, clientId: client, contractId, proposalId: randomUUID(), kind },
    })),
  );
  await db.query(
    `insert into outbox (contractor_id, id, name, payload, created_at)
     select $1, (fact ->> 'id')::uuid, 'penalty.proposed', fact -> 'payload', app_now() from jsonb_array_elements($2::jsonb) fact`,
    [contractorId, JSON.stringify(facts)],
  );
  return facts.length;
}

async function receiver(answer) {
  const calls = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { contractId, kind } = JSON.parse(Buffer.concat(chunks).toString('utf8')).data;
    calls.push({ at: performance.now(), contractId, kind });
    response.writeHead(await answer()).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { calls, url: `http://127.0.0.1:${server.address().port}/`, close };
}

function secs(ms) {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
