// One contractor, many contracts of the year 2026 with two pages each, and posts that were published all through the year. Written
// past the API: publishing a million posts is another bench.
const INN = '7707083893';
const CONTRACTOR = '019b76da-a800-7000-8000-000000000001';
const NO_PARAMETERS = Object.fromEntries(
  [
    ...['count', 'format', 'percent', 'withinMinutes', 'withinDays', 'withinHours'],
    ...['worksFrom', 'worksUntil', 'workingDay', 'dayOfMonth'],
  ].map((name) => [name, null]),
);
const line = (code, changes) => ({
  ...{ code, title: code, kind: 'posts', period: 'week', network: null, each: 'together', ...NO_PARAMETERS, ...changes },
});
/** Two lines by the week, two by the month. */
const REQUIREMENTS = [
  line('posts-vk', { network: 'vk', count: 2 }),
  line('posts-ok', { network: 'ok', count: 2 }),
  line('links', { kind: 'formatPosts', period: 'month', format: 'link', count: 1 }),
  line('report', { kind: 'report', period: 'month', workingDay: 5 }),
];
const PARTY = { name: 'Суд', inn: INN, kpp: '770701001', ogrn: '1027700132195', address: 'Москва' };
const REQUISITES = JSON.stringify({ customer: PARTY, contractor: { ...PARTY, name: 'Агентство' } });
const COUNTING = { crossPosts: 'one', deletedPosts: 'never', postsByHand: true, partialPeriods: 'byDays' };

/** @returns the contractor, and its contracts with their clients */
export async function seedContracts(owner, { contracts, postsEach }) {
  await owner.query(`set session_replication_role = replica; truncate contractors, clients, members, contracts, contract_versions,
    contract_pages, pages, posts, post_versions, post_variants, publications, requirement_periods cascade`);
  await owner.query(`drop table if exists stage; create temporary table stage as
    select n, gen_random_uuid() as contract, gen_random_uuid() as client, gen_random_uuid() as vk, gen_random_uuid() as ok,
      gen_random_uuid() as post from generate_series(1, ${contracts}) n`);
  const clauses = JSON.stringify({ ...usual(), requirements: REQUIREMENTS, counting: COUNTING });
  const of = `'${CONTRACTOR}'::uuid`;
  const days = `'2026-01-01'::date, '2026-12-31'::date`;
  for (const sql of [
    `insert into contractors (contractor_id, name, inn, ogrn, time_zone) values (${of}, 'Агентство', '${INN}', '1027700132195', 'Europe/Moscow')`,
    `insert into members (contractor_id, id, email, name, password_hash, role, all_clients)
     values (${of}, ${of}, 'editor@example.org', 'Редактор', '-', 'editor', true)`,
    `insert into clients (contractor_id, id, kind, name, inn, kpp, ogrn, address, email, phones, time_zone)
     select ${of}, client, 'court', 'Суд', '${INN}', '770701001', '1027700132195', 'Москва', 'c@example.org', '{}', 'Europe/Moscow' from stage`,
    `insert into contracts (contractor_id, id, client_id, number, concluded_on, kind, subject, price_kopecks, starts_on, ends_on, time_zone,
       starts_at, ends_at, status, signed_on, versions, page_ids, clauses)
     select ${of}, contract, client, n::text, '2025-12-20', 'civilServices', 'Страницы', 12000000, ${days}, 'Europe/Moscow',
       '2025-12-31T21:00Z', '2026-12-31T21:00Z', 'active', '2025-12-20', 1, array[vk, ok], '${clauses}' from stage`,
    `insert into contract_versions (contractor_id, contract_id, number, client_id, effective_on, agreed_on, subject, price_kopecks,
       starts_on, ends_on, page_ids, clauses, requisites, stages, recorded_by)
     select ${of}, contract, 1, client, '2026-01-01', '2025-12-20', 'Страницы', 12000000, ${days}, array[vk, ok], '${clauses}', '${REQUISITES}', '[]', ${of}
     from stage`,
    `insert into contract_pages (contractor_id, client_id, contract_id, page_id, covered_from, covered_until)
     select ${of}, client, contract, page, '2025-12-31T21:00Z', '2026-12-31T21:00Z' from stage, unnest(array[vk, ok]) page`,
    `insert into pages (contractor_id, id, client_id, network, external_id)
     select ${of}, page, client, network, page::text from stage, unnest(array[vk, ok], array['vk', 'ok']) as p (page, network)`,
    `insert into posts (contractor_id, id, client_id, title, author_id) select ${of}, post, client, 'Объявление', ${of} from stage`,
    `insert into post_versions (contractor_id, post_id, client_id, number, author_id, content_hash) select ${of}, post, client, 1, ${of}, 'hash' from stage`,
    `insert into post_variants (contractor_id, post_id, client_id, number, network, text, link)
     select ${of}, post, client, 1, network, 'Объявление', 'https://example.org' from stage, unnest(array['vk', 'ok']) network`,
    `insert into publications (contractor_id, id, client_id, post_id, page_id, network, slot, state, due_at, next_try_at, planned_local,
       time_zone, post_version, content_hash, marker, external_id, published_at, scheduled_by)
     select ${of}, gen_random_uuid(), client, post, page, network, 1 + i, 'published', at, at, '-', 'Europe/Moscow', 1, 'hash', '-',
       page || '_' || i, at, ${of}
     from stage, generate_series(1, ${postsEach / 2}) i, unnest(array[vk, ok], array['vk', 'ok']) as p (page, network),
       lateral (select '2026-01-01T09:00Z'::timestamptz + (i - 1) * (interval '364 days' / ${postsEach / 2}) as at) t`,
    'analyze',
  ])
    await owner.query(sql);
  const { rows } = await owner.query('select contract as "contractId", client as "clientId", vk from stage order by n');
  return { contractorId: CONTRACTOR, contracts: rows };
}

function usual() {
  return {
    ...{
      procurementCode: null,
      stateContractId: null,
      registryNumber: null,
      priceType: 'fixed',
      unitPrices: [],
      vatMode: 'standard',
    },
    ...{ validUntil: null, acceptanceDays: 20, paymentDays: 7, silenceAccepts: false, securities: [], handoverDays: 30 },
    ...{ stagePlan: { kind: 'single', shares: 'equal', calendar: [] }, penalties: { keyRateDivisor: null, fineKopecks: null } },
    ...{ terminationTerms: [], customer: { signatory: null, bank: null }, contractor: { signatory: null, bank: null } },
  };
}
