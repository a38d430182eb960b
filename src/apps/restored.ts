import { NestFactory } from '@nestjs/core';
import { RestorationService } from '../modules/publishing/restoration.service.js';
import type { Config } from '../platform/config/config.js';
import { ApiModule } from './api.module.js';

/** To be run once on a database that was restored from a copy, before a worker is started on it. */
export async function afterRestore(config: Config): Promise<number> {
  const app = await NestFactory.createApplicationContext(ApiModule.with(config), {
    logger: ['error'],
    abortOnError: false,
  });
  try {
    return await app.get(RestorationService, { strict: false }).doubtWhatWasDue();
  } finally {
    await app.close();
  }
}
