/**
 * What the catalogue of a migrated database must look like. Each rule is a query whose rows are findings, so a table
 * that is created tomorrow is judged tomorrow. `planted` is a mistake that the rule must find: see catalogue.spec.ts.
 */
export interface CatalogueRule {
  readonly name: string;
  readonly finds: string;
  readonly planted: string;
}

/** Tables without a tenant, each with its reason. Nothing about a customer may stand in them. */
export const GLOBAL_TABLES: Readonly<Record<string, string>> = {
  schema_migrations: 'which migrations ran; no runtime role may read it',
  rate_limits: 'counters by hashed address or e-mail, counted before anybody has logged in; the system role alone',
  network_budgets: 'what a network takes from the whole installation, and when it takes the next; no word about anybody',
  worker_heartbeats: 'which worker processes serve which lanes',
  clock_doubts: 'jumps of the database’s clock, and who cleared them',
  credential_rates: 'how often a network lets secrets of a kind call; set by the operator',
};

/** Rights of the system role beside rows, which BullMQ needs: lanes get sequences of their own, bulk adds a temporary table. */
const QUEUE_NEEDS = `(r.rolname = 'vestnik_system' and n.nspname = 'bullmq')`;

const RUNTIME = `(select oid, rolname from pg_roles where rolname in ('vestnik_app', 'vestnik_system'))`;
const TABLES = `(select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relacl from pg_class c
  join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p'))`;
const TENANT_TABLES = `(select t.* from ${TABLES} t join pg_attribute a on a.attrelid = t.oid and a.attname = 'contractor_id')`;
const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`;
const COMMANDS = `(values ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) as k(command, letter)`;
const MAY = `(has_table_privilege(r.oid, t.oid, k.command)
  or (k.letter <> 'd' and has_any_column_privilege(r.oid, t.oid, k.command)))`;

/** The comparison stands first and everything else is joined by AND: an OR beside it would print another bracket. */
const CONTRACTOR = '\\(contractor_id = \\( SELECT app_contractor_id\\(\\) AS app_contractor_id\\)\\)';
const MINE = `^(${CONTRACTOR}|\\(${CONTRACTOR} AND .*)$`;

/** A tenant table as the migrations make them, for planting a single mistake into it. */
const GOOD = `create table planted (contractor_id uuid not null, id uuid, client_id uuid, primary key (contractor_id, id));
  alter table planted enable row level security; alter table planted force row level security;
  create policy planted_tenant on planted for all to vestnik_app
    using (contractor_id = (select app_contractor_id()) and ((select app_client_ids()) is null or client_id = any ((select app_client_ids())::uuid[])))
    with check (contractor_id = (select app_contractor_id()) and ((select app_client_ids()) is null or client_id = any ((select app_client_ids())::uuid[])));
  grant select, insert on planted to vestnik_app;`;

const globals = Object.keys(GLOBAL_TABLES)
  .map((name) => `'${name}'`)
  .join(', ');

const tables: CatalogueRule[] = [
  {
    name: 'every table has a tenant or stands on the list of global tables',
    finds: `select relname as finding from ${TABLES} t where relname not in (${globals})
      and not exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'contractor_id'
        and a.attnotnull and a.atttypid = 'uuid'::regtype)`,
    planted: 'create table planted (contractor_id uuid, id uuid primary key)',
  },
  {
    name: 'row-level security is enabled',
    finds: `select relname as finding from ${TENANT_TABLES} t where not relrowsecurity`,
    planted: `${GOOD} alter table planted disable row level security`,
  },
  {
    name: 'row-level security is forced, so that it holds for the owner too',
    finds: `select relname as finding from ${TENANT_TABLES} t where not relforcerowsecurity`,
    planted: `${GOOD} alter table planted no force row level security`,
  },
  {
    name: 'every command that a role is granted has a policy for that role',
    finds: `select t.relname || ': ' || r.rolname || ' ' || k.command as finding
      from ${TENANT_TABLES} t, ${RUNTIME} r, ${COMMANDS} where ${MAY} and not exists (
        select 1 from pg_policy p where p.polrelid = t.oid and r.oid = any (p.polroles) and p.polcmd in ('*', k.letter))`,
    planted: `${GOOD} grant delete on planted to vestnik_system`,
  },
  {
    name: 'policies name their roles: none is for PUBLIC',
    finds: `select polname as finding from pg_policy where 0 = any (polroles)`,
    planted: `${GOOD} create policy planted_all on planted for select using (true)`,
  },
  {
    name: "every policy of the application's role compares the contractor, for reading and for writing",
    finds: `select polname as finding from pg_policy p, ${RUNTIME} r where r.rolname = 'vestnik_app' and r.oid = any (polroles)
      and (polcmd <> 'a' and pg_get_expr(polqual, polrelid) !~ '${MINE}'
        or polcmd not in ('r', 'd') and coalesce(pg_get_expr(polwithcheck, polrelid), '') !~ '${MINE}')`,
    planted: `${GOOD} create policy planted_write on planted for update to vestnik_app
      using (contractor_id = (select app_contractor_id())) with check (contractor_id = (select app_contractor_id()) or id is null)`,
  },
  {
    name: 'rows of a client are narrowed to the clients that the transaction may see',
    finds: `select polname as finding from pg_policy p, ${RUNTIME} r where r.rolname = 'vestnik_app' and r.oid = any (polroles)
      and exists (select 1 from pg_attribute a where a.attrelid = p.polrelid and a.attname = 'client_id')
      and (coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), '')) not like '%client_id = ANY%'`,
    planted: `${GOOD} create policy planted_wide on planted for select to vestnik_app using (contractor_id = (select app_contractor_id()))`,
  },
  {
    name: 'the primary key begins with the contractor',
    finds: `select relname as finding from ${TENANT_TABLES} t where not exists (
      select 1 from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indrelid = t.oid and i.indisprimary and a.attname = 'contractor_id')`,
    planted: 'create table planted (contractor_id uuid not null, id uuid primary key)',
  },
  {
    name: 'every foreign key carries the contractor, so that no row can point into another tenant',
    finds: `select k.conname as finding from pg_constraint k join ${TENANT_TABLES} t on t.oid = k.conrelid
      where k.contype = 'f' and k.confrelid::regclass::text not in (${globals}) and not exists (
        select 1 from unnest(k.conkey, k.confkey) as pair(mine, theirs)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.mine
        join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.theirs
        where a.attname = 'contractor_id' and b.attname = 'contractor_id')`,
    planted: `create unique index planted_ids on posts (id); create table planted (contractor_id uuid not null, post_id uuid references posts (id))`,
  },
  {
    name: 'every unique index carries the contractor, so that nobody learns of a stranger by a collision',
    finds: `select i.indexrelid::regclass::text as finding from pg_index i join ${TENANT_TABLES} t on t.oid = i.indrelid
      where (i.indisunique or i.indisexclusion) and not exists (
        select 1 from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any (i.indkey) and a.attname = 'contractor_id')`,
    planted: 'create unique index planted on members (email)',
  },
];

const routines: CatalogueRule[] = [
  {
    name: 'no function runs with the rights of its owner',
    finds: `select p.oid::regprocedure::text as finding from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prosecdef and ${OURS} and (n.nspname <> 'bullmq' or exists (
        select 1 from ${RUNTIME} r where has_function_privilege(r.oid, p.oid, 'execute')))`,
    planted: `create function planted() returns bigint language sql security definer as 'select count(*) from posts'`,
  },
  {
    name: 'no function may be executed by PUBLIC',
    finds: `select p.oid::regprocedure::text as finding from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${OURS} and exists (select 1 from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) where grantee = 0)`,
    planted: `create function planted() returns int language sql as 'select 1'; grant execute on function planted() to public`,
  },
  {
    name: 'no materialised view or foreign table is readable: row-level security does not reach them',
    finds: `select c.relname || ': ' || r.rolname as finding from pg_class c, ${RUNTIME} r
      where c.relkind in ('m', 'f') and has_any_column_privilege(r.oid, c.oid, 'select')`,
    planted: 'create materialized view planted as select id from posts; grant select on planted to vestnik_app',
  },
  {
    name: "views look with the reader's eyes",
    finds: `select c.relname as finding from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'v' and ${OURS} and not coalesce('security_invoker=true' = any (c.reloptions), false)`,
    planted: 'create view planted as select id from posts',
  },
  {
    name: 'no sequence or identity column tells how much others write',
    finds: `select c.relname || ': ' || r.rolname as finding from pg_class c join pg_namespace n on n.oid = c.relnamespace, ${RUNTIME} r
      where c.relkind = 'S' and not ${QUEUE_NEEDS} and has_sequence_privilege(r.oid, c.oid, 'usage, select, update')
      union all select t.relname || '.' || a.attname from ${TABLES} t join pg_attribute a on a.attrelid = t.oid
      where t.relname <> 'schema_migrations' and (a.attidentity <> '' or exists (select 1 from pg_attrdef d
        where d.adrelid = t.oid and d.adnum = a.attnum and pg_get_expr(d.adbin, d.adrelid) like 'nextval(%'))`,
    planted: 'create sequence planted; grant usage on sequence planted to vestnik_app',
  },
];

const rights: CatalogueRule[] = [
  {
    name: 'runtime roles have no attribute that opens more than their grants',
    finds: `select rolname as finding from pg_roles where rolname in ('vestnik_app', 'vestnik_system')
      and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication)`,
    planted: 'alter role vestnik_system bypassrls',
  },
  {
    name: 'runtime roles are members of nothing and have no members',
    finds: `select roleid::regrole || ' <- ' || member::regrole as finding from pg_auth_members
      where roleid in (select oid from ${RUNTIME} r) or member in (select oid from ${RUNTIME} r)`,
    planted: 'grant vestnik_owner to vestnik_app',
  },
  {
    name: 'runtime roles own nothing but the queue lanes',
    finds: `select c.oid::regclass::text as finding from pg_class c join pg_namespace n on n.oid = c.relnamespace join ${RUNTIME} r on r.oid = c.relowner where not ${QUEUE_NEEDS}
      union all select p.oid::regprocedure::text from pg_proc p join ${RUNTIME} r on r.oid = p.proowner
      union all select nspname from pg_namespace join ${RUNTIME} r on r.oid = nspowner
      union all select datname from pg_database join ${RUNTIME} r on r.oid = datdba`,
    planted: 'alter table rate_limits owner to vestnik_system',
  },
  {
    name: 'runtime roles create nothing: no schema, no object, no temporary table',
    finds: `select n.nspname || ': ' || r.rolname as finding from pg_namespace n, ${RUNTIME} r
      where has_schema_privilege(r.oid, n.oid, 'create') and not ${QUEUE_NEEDS} and n.nspname not like 'pg\\_temp%'
      union all select k.kind || ': ' || r.rolname from ${RUNTIME} r, (values ('create'), ('temporary')) k(kind)
      where has_database_privilege(r.oid, current_database(), k.kind)
        and not (r.rolname = 'vestnik_system' and k.kind = 'temporary')`,
    planted: 'grant create on schema public to vestnik_app',
  },
  {
    name: 'runtime roles have rows only: no TRUNCATE, REFERENCES or TRIGGER',
    finds: `select t.relname || ': ' || r.rolname || ' ' || k.kind as finding
      from ${TABLES} t, ${RUNTIME} r, (values ('truncate'), ('references'), ('trigger')) k(kind) where has_table_privilege(r.oid, t.oid, k.kind)`,
    planted: 'grant truncate on posts to vestnik_system',
  },
  {
    name: 'PUBLIC and roles that nobody knows have no right on any table or column',
    finds: `select t.relname as finding from ${TABLES} t, aclexplode(t.relacl) g
      where g.grantee = 0 or g.grantee::regrole::text not in ('vestnik_owner', 'vestnik_app', 'vestnik_system')
      union all select t.relname || '.' || a.attname from ${TABLES} t join pg_attribute a on a.attrelid = t.oid, aclexplode(a.attacl) g
      where g.grantee = 0 or g.grantee::regrole::text not in ('vestnik_owner', 'vestnik_app', 'vestnik_system')`,
    planted: 'grant select (title) on posts to public',
  },
  {
    name: "the application's role reaches no schema but ours",
    finds: `select nspname as finding from pg_namespace n where ${OURS} and nspname <> 'public' and nspname not like 'pg\\_%'
      and has_schema_privilege('vestnik_app', n.oid, 'usage')`,
    planted: 'grant usage on schema bullmq to vestnik_app',
  },
  {
    name: 'what is created tomorrow is granted to nobody by default',
    finds: `select d.defaclobjtype::text || ': ' || g.grantee as finding from pg_default_acl d, aclexplode(d.defaclacl) g
      where g.grantee = 0 or g.grantee in (select oid from ${RUNTIME} r)`,
    planted: 'alter default privileges for role vestnik_owner grant select on tables to vestnik_app',
  },
];

export const CATALOGUE_RULES: readonly CatalogueRule[] = [...tables, ...routines, ...rights];
