/** `contractors` and whatever refers to it. Few rows are deleted sooner than a hundred tables are truncated. */
export const FORGET_TENANTS = `
  do $$
  declare
    emptied regclass;
  begin
    set local session_replication_role = replica;
    for emptied in
      with recursive tenants as (
        select 'contractors'::regclass::oid as id
        union
        select conrelid from pg_constraint join tenants on confrelid = tenants.id where contype = 'f' and conparentid = 0
      )
      select id from tenants
    loop
      execute format('delete from %s', emptied);
    end loop;
  end $$`;
