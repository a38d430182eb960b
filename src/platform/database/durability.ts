import type { UnitOfWork } from './work.js';

/** Settings without which a server may lose what it has acknowledged. */
const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'];

/** What was told to people as done must be there after a power cut. @throws Error that names the settings */
export async function refuseLossyDatabase(work: UnitOfWork): Promise<void> {
  const off = await work.acrossTenants('is the server durable', (tx) =>
    tx.query<{ name: string }[]>(`select name from pg_settings where name = any($1) and setting = 'off' order by name`, [
      DURABLE,
    ]),
  );
  if (off.length === 0) return;
  const names = off.map(({ name }) => name).join(', ');
  throw new Error(`The database may lose what it acknowledged: ${names} ${off.length > 1 ? 'are' : 'is'} off, switch on`);
}
