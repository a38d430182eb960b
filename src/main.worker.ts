import 'reflect-metadata';
import { run } from './apps/run.js';
import { serveWorker } from './apps/serve.js';
import { WorkerModule } from './apps/worker.module.js';
import { parseConfig } from './platform/config/config.js';

await run(() => {
  const config = parseConfig(process.env);
  return serveWorker(WorkerModule.with(config), config);
});
