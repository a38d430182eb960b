import { DataSource, type MigrationInterface } from 'typeorm';

/**
 * Brings a database to the newest schema as its owner. Forward only; each migration is its own transaction.
 * @returns the names of the migrations that ran now.
 */
export async function migrate(ownerUrl: string, migrations: readonly (new () => MigrationInterface)[]): Promise<string[]> {
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: [...migrations],
    migrationsTableName: 'schema_migrations',
    // A migration that waits behind live traffic gives up soon instead of stopping everybody behind it.
    extra: { options: '-c timezone=UTC -c lock_timeout=2000' },
  });
  await source.initialize();
  try {
    const done = await source.runMigrations({ transaction: 'each' });
    return done.map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}
