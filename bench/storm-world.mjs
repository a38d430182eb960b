// Contractors with pages whose communities and groups the sandbox knows, and publications that are all due in the same
// second. Written past the API: seeding must not take longer than the storm.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Sealer } from '../dist/src/platform/crypto/sealing.js';

const INN = '7707083893';

/** How many publications everybody has: one huge contractor, one with a single one, and equal ones between them. */
export function demand({ contractors, publications }) {
  const huge = { name: 'huge', vk: { pages: 6, each: 0 }, ok: { pages: 6, each: 0 } };
  const equal = Math.floor((publications * 0.7) / (contractors - 2));
  const middle = { name: 'middle', vk: { pages: 1, each: equal - 2 }, ok: { pages: 1, each: 2 } };
  const small = { name: 'small', vk: { pages: 1, each: 1 }, ok: { pages: 0, each: 0 } };
  const left = publications - 1 - equal * (contractors - 2);
  // Six groups share one token of two calls a second; what goes there decides how long the storm must last.
  huge.ok.each = Math.max(1, Math.floor(left / 5 / 6));
  huge.vk.each = Math.ceil((left - huge.ok.each * 6) / 6);
  return [huge, small, ...Array.from({ length: contractors - 2 }, () => middle)];
}

/** An instant as people plan it: a planned wall time has no fractions, and what differs from it is held. */
export function inWholeSeconds(aheadMs) {
  return new Date(Math.ceil((Date.now() + aheadMs) / 1_000) * 1_000);
}

export async function seedStorm({ superuserUrl, sandbox, key, contractors, dueAt, externalFrom = 0 }) {
  const sealer = new Sealer([{ version: 1, key }]);
  const rows = {
    contractors: [],
    clients: [],
    members: [],
    posts: [],
    pages: [],
    connections: [],
    credentials: [],
    publications: [],
  };
  let group = externalFrom;
  for (const wanted of contractors) {
    const owner = {
      contractor: randomUUID(),
      client: randomUUID(),
      member: randomUUID(),
      post: randomUUID(),
      contract: randomUUID(),
    };
    rows.contractors.push({ ...owner, name: wanted.name });
    const okToken = sandbox.ok.issueToken().token;
    for (const network of ['vk', 'ok']) {
      for (let i = 0; i < wanted[network].pages; i += 1) {
        group += 1;
        const externalId = String(network === 'vk' ? 400_000_000 + group : 65_000_000_000_000 + group);
        const secrets = network === 'vk' ? openVk(sandbox, Number(externalId)) : openOk(sandbox, externalId, okToken);
        addPage(rows, sealer, { owner, network, externalId, secrets, each: wanted[network].each });
      }
    }
  }
  await insert(superuserUrl, rows, dueAt);
  return rows;
}

function addPage(rows, sealer, { owner, network, externalId, secrets, each }) {
  const [page, connection] = [randomUUID(), randomUUID()];
  rows.pages.push({ ...owner, page, network, external: externalId, connection });
  for (const [kind, secret] of Object.entries(secrets)) {
    const id = randomUUID();
    const place = { contractorId: owner.contractor, table: 'credentials', column: 'sealed', rowId: id };
    rows.credentials.push({ ...owner, page, connection, id, kind, sealed: sealer.seal(secret, place) });
  }
  for (let slot = 1; slot <= each; slot += 1) {
    rows.publications.push({ ...owner, id: randomUUID(), page, network, slot, marker: randomUUID().replaceAll('-', '') });
  }
}

function openVk(sandbox, id) {
  sandbox.vk.addCommunity({ id, name: `Сообщество ${id}` });
  return { communityToken: sandbox.vk.issueCommunityToken(id).token };
}

function openOk(sandbox, id, accessToken) {
  sandbox.ok.addGroup({ id, name: `Группа ${id}` });
  const { applicationKey, applicationSecret } = sandbox.credentials.ok;
  return { applicationKey, applicationSecretKey: applicationSecret, accessToken };
}

async function insert(url, rows, dueAt) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // Rows are made to fit: checking their references one by one would take most of the time.
  await client.query(`begin; set local session_replication_role = replica`);
  const each = (list, sql, values = []) => client.query(sql, [JSON.stringify(list), ...values]);
  const from = (columns) => `from json_to_recordset($1) as r(${columns})`;
  const OWNER = 'contractor uuid, client uuid, member uuid, post uuid, contract uuid';
  await each(
    rows.contractors,
    `insert into contractors (contractor_id, name, inn, ogrn, time_zone)
    select contractor, name, '${INN}', '1027700132195', 'Europe/Moscow' ${from(`${OWNER}, name text`)}`,
  );
  await each(
    rows.contractors,
    `insert into clients (contractor_id, id, kind, name, inn, kpp, ogrn, address, email, phones, time_zone)
    select contractor, client, 'court', 'Суд', '${INN}', '770701001', '1027700132195', 'Москва', 'c@example.org', '{}', 'Europe/Moscow' ${from(OWNER)}`,
  );
  await each(
    rows.contractors,
    `insert into members (contractor_id, id, email, name, password_hash, role, all_clients)
    select contractor, member, member || '@example.org', 'Редактор', '-', 'editor', true ${from(OWNER)}`,
  );
  await each(
    rows.contractors,
    `insert into contracts (contractor_id, id, client_id, number, concluded_on, kind, subject, price_kopecks, starts_on, ends_on,
      time_zone, starts_at, ends_at, status, signed_on)
    select contractor, contract, client, '1', '2020-01-01', 'municipal44Fz', 'Страницы', 1, '2020-01-01', '2099-12-31', 'UTC', '2020-01-01', '2100-01-01', 'active', '2020-01-01' ${from(OWNER)}`,
  );
  await each(
    rows.contractors,
    `insert into posts (contractor_id, id, client_id, title, author_id, status, approved_hash)
    select contractor, post, client, 'Объявление', member, 'approved', 'hash' ${from(OWNER)}`,
  );
  await each(
    rows.contractors,
    `insert into post_versions (contractor_id, post_id, client_id, number, author_id, content_hash)
    select contractor, post, client, 1, member, 'hash' ${from(OWNER)}`,
  );
  await each(
    rows.contractors,
    `insert into post_variants (contractor_id, post_id, client_id, number, network, text)
    select contractor, post, client, 1, n, 'Объявление для жителей' ${from(OWNER)}, unnest(array['vk', 'ok']) n`,
  );
  const PAGE = `${OWNER}, page uuid, network text, external text, connection uuid`;
  await each(
    rows.pages,
    `insert into pages (contractor_id, id, client_id, network, external_id, status) select contractor, page, client, network, external, 'connected' ${from(PAGE)}`,
  );
  await each(
    rows.pages,
    `insert into contract_pages (contractor_id, client_id, contract_id, page_id) select contractor, client, contract, page ${from(PAGE)}`,
  );
  await each(
    rows.pages,
    `insert into connections (contractor_id, id, client_id, page_id, findings, connected_by) select contractor, connection, client, page, '{}', member ${from(PAGE)}`,
  );
  await each(
    rows.credentials,
    `insert into credentials (contractor_id, id, client_id, page_id, connection_id, kind, sealed)
    select contractor, id, client, page, connection, kind, sealed ${from(`${OWNER}, page uuid, connection uuid, id uuid, kind text, sealed text`)}`,
  );
  await each(
    rows.publications,
    `insert into publications (contractor_id, id, client_id, post_id, page_id, network, slot, due_at, next_try_at, planned_local, time_zone,
      post_version, content_hash, marker, scheduled_by)
    select contractor, id, client, post, page, network, slot, $2, $2,
      to_char($2::timestamptz at time zone 'Europe/Moscow', 'YYYY-MM-DD"T"HH24:MI:SS'), 'Europe/Moscow', 1, 'hash', marker, member
    ${from(`${OWNER}, page uuid, network text, slot integer, id uuid, marker text`)}`,
    [dueAt],
  );
  await client.query('commit; analyze');
  await client.end();
}
