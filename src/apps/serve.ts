import type { DynamicModule, LoggerService } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LARGEST_MEDIA_BYTES } from '../modules/content/media.js';
import type { Config } from '../platform/config/config.js';
import { refuseLossyDatabase } from '../platform/database/durability.js';
import { UnitOfWork } from '../platform/database/work.js';
import { serveDocs } from '../platform/http/openapi.js';
import { createServer } from '../platform/http/server.js';
import { createLogger, PinoLogger } from '../platform/observability/logger.js';
import { measureRequests } from '../platform/observability/request-metrics.js';

/** Builds a process's HTTP server; `listen` is left to the caller. */
export async function buildServer(
  root: DynamicModule,
  config: Config,
  logger: LoggerService = new PinoLogger(createLogger(config.logLevel)),
): Promise<NestFastifyApplication> {
  const app = await createServer(root, {
    corsOrigins: config.corsOrigins,
    trustedProxies: config.trustedProxies,
    logger,
    maxFileBytes: LARGEST_MEDIA_BYTES,
  });
  measureRequests(app);
  if (config.production) await refuseLossyDatabase(app.get(UnitOfWork));
  return app;
}

/** Starts an API process with its docs. */
export async function serveApi(root: DynamicModule, config: Config): Promise<NestFastifyApplication> {
  const app = await buildServer(root, config);
  serveDocs(app, config.publicUrl);
  await app.listen(config.port, config.host);
  return app;
}

/** Starts a worker process; it listens for health checks and metrics only. */
export async function serveWorker(root: DynamicModule, config: Config): Promise<NestFastifyApplication> {
  const app = await buildServer(root, config);
  await app.listen(config.port, config.host);
  return app;
}
