/** SQL that every tenant table gets. Used by migrations only; a change of rules is a new migration, never an edit here. */

interface TenantTable {
  readonly table: string;
  /** `column`: rows belong to a client; `optional`: some do; `none`: rows belong to the contractor as a whole. */
  readonly client: 'column' | 'optional' | 'none';
  /** What the application's role may do. Rows that prove something are never updated or deleted. */
  readonly app: readonly ('select' | 'insert' | 'update' | 'delete')[];
}

// A boolean, not "the list is null": the planner takes a null test for nearly always false and then sorts whole tenants.
const SEES_CLIENT = `((select app_sees_all_clients()) or client_id = any ((select app_client_ids())::uuid[]))`;

/** Forced row-level security, one policy for the application's role, and its grants. */
export function tenantTable({ table, client, app }: TenantTable): string {
  const mine = `contractor_id = (select app_contractor_id())`;
  // A row without a client belongs to the whole contractor: only members who see all clients see it.
  const rule = client === 'none' ? mine : `${mine} and ${SEES_CLIENT}`;
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy ${table}_tenant on ${table} for all to vestnik_app using (${rule}) with check (${rule});
    grant ${app.join(', ')} on ${table} to vestnik_app;`;
}

/** What the system role may do on a table across tenants, and nothing more. Columns narrow it further. */
export function systemMay(
  table: string,
  command: 'select' | 'update' | 'delete' | 'insert',
  columns: readonly string[] = [],
): string {
  const list = columns.length > 0 ? ` (${columns.join(', ')})` : '';
  const clause =
    command === 'insert' ? 'with check (true)' : command === 'update' ? 'using (true) with check (true)' : 'using (true)';
  return `
    create policy ${table}_system_${command} on ${table} for ${command} to vestnik_system ${clause};
    grant ${command}${list} on ${table} to vestnik_system;`;
}
