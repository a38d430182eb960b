import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLines } from './journal.mjs';

const PUBLICATIONS = `
  select p.id, p.contractor_id as contractor, p.client_id as client, p.post_id as post, p.page_id as page, p.network, p.state,
    p.due_at as "dueAt", p.next_try_at as "nextTryAt", p.lease_until as "leaseUntil", p.next_look_at as "nextLookAt", p.tries,
    p.marker, p.first_sent_at as "firstSentAt", p.withdraw_requested_at as "withdrawRequestedAt", p.reason,
    p.external_id as "externalId", p.published_at as "publishedAt", p.updated_at as "updatedAt"
  from publications p`;
const ATTEMPTS = `
  select publication_id as publication, number, started_at as "startedAt", sent_at as "sentAt", ended_at as "endedAt", outcome,
    reason ->> 'code' as code from publication_attempts`;
const LOOKS = `select publication_id as publication, looked_at as "lookedAt", result, seen from publication_looks`;
const LANES = `select page_id as page, parked_until as "parkedUntil", park_reason as reason from page_lanes where parked_until > now()`;
const POSTS = `select id, title, contractor_id as contractor, status from posts`;
/** `committedAt` is when what the row says now became true for others. */
const CONTRACTS = `
  select c.id, c.contractor_id as contractor, c.client_id as client, c.status, c.starts_at as "startsAt", c.ends_at as "endsAt",
    c.terminated_at as "terminatedAt", pg_xact_commit_timestamp(c.xmin) as "committedAt",
    array(select page_id::text from contract_pages cp where cp.contractor_id = c.contractor_id and cp.contract_id = c.id) as pages
  from contracts c`;
/** On a page that the network wants to be left alone nobody works. */
const notParked = (
  at,
) => `not exists (select 1 from page_lanes l where l.contractor_id = p.contractor_id and l.page_id = p.page_id
  and l.parked_until > ${at})`;
/** What is written down must still be true when it is: a pause that ends now lets a whole row of posts go. */
const SOON = `now() + interval '20 seconds'`;
/** Due and not taken, or taken and not let go, for longer than any healthy worker needs. */
const BACKLOG = `
  select count(*)::integer as count from publications p where (state = 'scheduled' and next_try_at < now() - interval '30 seconds' and ${notParked('now()')})
    or (state in ('claimed', 'sending') and lease_until < now() - interval '15 seconds')`;
/** Whatever the machine itself still works on. */
const OPEN = `
  select count(*) filter (where state in ('scheduled', 'claimed', 'sending') and next_try_at < ${SOON} and ${notParked(SOON)})::integer as due,
    count(*) filter (where state = 'unclear')::integer as unclear,
    count(*) filter (where state = 'published' and withdraw_requested_at is not null and next_look_at is not null)::integer as deleting
  from publications p`;

export async function backlogOf(system) {
  return (await system.sql(BACKLOG))[0].count;
}

export async function openOf(system) {
  return (await system.sql(OPEN))[0];
}

/** Pages that their network wants to be left alone, and until when. */
export async function pausesOf(system) {
  return system.sql('select page_id as page, parked_until as until from page_lanes where parked_until > now()');
}

/** Writes down what the database and the walls say, so that the oracle and whoever comes later need nothing that runs. */
export async function collect(system, world, folder) {
  const [publications, attempts, looks, posts, contracts, lanes] = await Promise.all(
    [PUBLICATIONS, ATTEMPTS, LOOKS, POSTS, CONTRACTS, LANES].map((text) => system.sql(text)),
  );
  await writeFile(join(folder, 'database.json'), JSON.stringify({ publications, attempts, looks, posts, contracts, lanes }));
  const walls = [];
  for (const { network, externalId } of world.pages) walls.push(...(await wallOf(system, network, externalId)));
  await writeFile(join(folder, 'walls.json'), JSON.stringify(walls));
}

async function wallOf(system, network, owner) {
  if (network === 'vk') {
    const { posts } = await system.control('GET', `/vk/communities/${owner}/posts`);
    return posts.filter(({ deleted }) => !deleted).map(({ id, text }) => ({ network, owner, postId: String(id), text }));
  }
  const { topics } = await system.control('GET', `/ok/groups/${owner}/topics`);
  return topics.filter(({ deleted }) => !deleted).map(({ id, blocks }) => ({ network, owner, postId: id, text: textOf(blocks) }));
}

function textOf(blocks) {
  return blocks
    .filter(({ type }) => type === 'text')
    .map(({ text }) => text)
    .join('\n');
}

export async function readEvidence(folder) {
  const json = async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'));
  const [run, database, walls] = await Promise.all(['run.json', 'database.json', 'walls.json'].map(json));
  const [ledger, journal, wire, faults] = ['ledger', 'journal', 'wire', 'faults'].map((name) =>
    readLines(join(folder, `${name}.jsonl`)),
  );
  return { run, database, walls, ledger, journal, wire, faults };
}
