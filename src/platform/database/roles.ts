import pg from 'pg';

/** The three logins: the owner migrates, the app serves one tenant at a time, the system looks across tenants. */
export interface RolePasswords {
  readonly owner: string;
  readonly app: string;
  readonly system: string;
}

const ROLES = { owner: 'vestnik_owner', app: 'vestnik_app', system: 'vestnik_system' } as const;

/**
 * Prepares a fresh server as its superuser: the three logins and an empty database that the owner owns.
 * Safe to run again. The same statements for a server of one's own stand in deploy/postgres/roles.sql.
 */
export async function prepareServer(superuserUrl: string, database: string, passwords: RolePasswords): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    for (const [who, role] of Object.entries(ROLES)) {
      const known = await client.query('select 1 from pg_roles where rolname = $1', [role]);
      const password = client.escapeLiteral(passwords[who as keyof RolePasswords]);
      await client.query(
        `${known.rowCount ? 'alter' : 'create'} role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole password ${password}`,
      );
    }
    const name = client.escapeIdentifier(database);
    const exists = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (!exists.rowCount) await client.query(`create database ${name} owner ${ROLES.owner}`);
    await client.query(`revoke all on database ${name} from public`);
    await client.query(`grant connect on database ${name} to ${ROLES.app}, ${ROLES.system}`);
  } finally {
    await client.end();
  }
}
