-- The three logins of Vestnik and its database, for a fresh PostgreSQL server. Run once as a superuser:
--
--   psql -v ON_ERROR_STOP=1 -v database=vestnik -v owner_password=… -v app_password=… -v system_password=… \
--        -f deploy/postgres/roles.sql postgres
--
-- Safe to run again: it then sets the passwords anew. Tables, policies and grants are the migrations' business.
--
--   vestnik_owner    owns the tables; used by migrations only         (DATABASE_OWNER_URL)
--   vestnik_app      one tenant at a time, under row-level security   (DATABASE_URL)
--   vestnik_system   explicit cross-tenant work, on few tables only   (DATABASE_SYSTEM_URL)

select format('create role %I login nosuperuser nobypassrls nocreatedb nocreaterole', role)
from unnest(array['vestnik_owner', 'vestnik_app', 'vestnik_system']) as role
where not exists (select from pg_roles where rolname = role)
\gexec

alter role vestnik_owner with login nosuperuser nobypassrls nocreatedb nocreaterole password :'owner_password';
alter role vestnik_app with login nosuperuser nobypassrls nocreatedb nocreaterole password :'app_password';
alter role vestnik_system with login nosuperuser nobypassrls nocreatedb nocreaterole password :'system_password';

select format('create database %I owner vestnik_owner', :'database')
where not exists (select from pg_database where datname = :'database')
\gexec

-- Nobody else gets in by default, and the runtime logins can create nothing, not even temporary tables.
revoke all on database :"database" from public;
grant connect on database :"database" to vestnik_app, vestnik_system;
