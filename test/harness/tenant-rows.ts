import type { Harness } from './harness.js';

/** Every table of the catalogue that belongs to a tenant, also one that was created this morning. */
export async function tenantTables(harness: Harness): Promise<string[]> {
  const rows = await harness.sql<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'contractor_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
  return rows.map((row) => row.name);
}

/** Asking with a key is counted here, whatever the answer. */
const COUNTS_REQUESTS = 'api_key_usage';

/** A checksum of all rows of a tenant, by table. When and how often a key was used is left out: asking changes it. */
export async function checksumsOf(harness: Harness, contractorId: string): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const table of (await tenantTables(harness)).filter((name) => name !== COUNTS_REQUESTS)) {
    const [row] = await harness.sql<{ sum: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(row::text, '|' order by row::text)), '') as sum from (
         select to_jsonb(t) - 'last_used_at' as row from ${table} t where contractor_id = $1) rows`,
      [contractorId],
    );
    sums[table] = row!.sum;
  }
  return sums;
}

/** How many rows all tenants have, by table; `except` for what every call writes by design. */
export async function rowCounts(harness: Harness, except: readonly string[] = []): Promise<Record<string, number>> {
  const tables = (await tenantTables(harness)).filter((table) => !except.includes(table));
  const counts = tables.map((table) => `select '${table}' as name, count(*) as count from ${table}`).join(' union all ');
  const [row] = await harness.sql<{ counts: Record<string, number> }>(
    `select json_object_agg(name, count) as counts from (${counts}) t`,
  );
  return row!.counts;
}

/** Ids of a tenant's rows, by table; of one client when it is given. Only tables with an id of their own. */
export async function idsOf(harness: Harness, contractorId: string, clientId?: string): Promise<Record<string, string[]>> {
  const tables = await harness.sql<{ name: string; has_client: boolean }>(
    `select c.relname as name, exists (select 1 from pg_attribute b where b.attrelid = c.oid and b.attname = 'client_id') as has_client
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'id'
       join pg_attribute t on t.attrelid = c.oid and t.attname = 'contractor_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`,
  );
  const ids: Record<string, string[]> = { contractors: clientId === undefined ? [contractorId] : [] };
  for (const { name, has_client: hasClient } of tables) {
    if (clientId !== undefined && !hasClient) continue;
    const rows = await harness.sql<{ id: string }>(
      `select id from ${name} where contractor_id = $1 ${clientId === undefined ? '' : 'and client_id = $2'} order by id`,
      clientId === undefined ? [contractorId] : [contractorId, clientId],
    );
    ids[name] = rows.map((row) => row.id);
  }
  return ids;
}

/**
 * Everything that only these rows hold: ids, names, texts, hashes, tokens. Read from the database, so that a new column
 * is a canary without being told. Words that others have too, or that our document uses, say nothing and are left out.
 */
export async function distinctiveValues(
  harness: Harness,
  mine: { contractorId: string; clientId?: string },
  known: string,
): Promise<Set<string>> {
  const ids = new Set<string>();
  const values = new Set<string>();
  const others = new Set<string>();
  for (const table of await tenantTables(harness)) {
    const rows = await harness.sql<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${table} t`);
    for (const { row } of rows) {
      const belongs = row.contractor_id === mine.contractorId && (mine.clientId === undefined || row.client_id === mine.clientId);
      collect(row, belongs ? values : others);
      // An id is a canary even where somebody else's row names it: there it is the leak.
      if (belongs) collect([row.id, row.client_id], ids);
    }
  }
  return new Set([...ids, ...[...values].filter((value) => !others.has(value) && !known.includes(value))]);
}

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    // Days and instants coincide between tenants; short words are everybody's.
    if (value.length >= 8 && !/^\d{4}-\d\d-\d\d(T|$)/.test(value)) into.add(value);
  } else if (typeof value === 'object' && value !== null) Object.values(value).forEach((part) => collect(part, into));
}
