import { MIGRATIONS } from '../../migrations/migrations.js';
import { migrate } from '../platform/database/migrator.js';
import { migrateQueue } from '../platform/queue/queue-schema.js';

/** Brings the schema and the queue's own tables up to date, as their owner. */
export async function migrateAll(ownerUrl: string): Promise<string[]> {
  const done = await migrate(ownerUrl, MIGRATIONS);
  await migrateQueue(ownerUrl);
  return done;
}
