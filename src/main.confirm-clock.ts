import 'reflect-metadata';
import { confirmClock } from './platform/database/confirm-clock.js';
import { run } from './apps/run.js';
import { systemDatabaseUrl } from './platform/config/config.js';

await run(async () => {
  const seconds = await confirmClock(systemDatabaseUrl(process.env));
  process.stdout.write(seconds === undefined ? 'Nobody doubts the clock\n' : `Confirmed: the clock had jumped by ${seconds} s\n`);
  process.exit(0);
});
