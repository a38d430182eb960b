import 'reflect-metadata';
import { migrateAll } from './apps/migrate.js';
import { ownerDatabaseUrl } from './platform/config/config.js';

const done = await migrateAll(ownerDatabaseUrl(process.env));
process.stdout.write(done.length > 0 ? `Migrated: ${done.join(', ')}\n` : 'The database is up to date\n');
