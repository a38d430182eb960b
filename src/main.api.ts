import 'reflect-metadata';
import { ApiModule } from './apps/api.module.js';
import { run } from './apps/run.js';
import { serveApi } from './apps/serve.js';
import { parseConfig } from './platform/config/config.js';

await run(() => {
  const config = parseConfig(process.env);
  return serveApi(ApiModule.with(config), config);
});
