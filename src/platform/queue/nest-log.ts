import { Logger } from '@nestjs/common';
import { QueueLog } from './settings.js';

/** Writes through Nest's logger, which the application replaces by its structured one. */
export class NestQueueLog extends QueueLog {
  private readonly logger = new Logger('queue');

  info(facts: object, message: string): void {
    this.logger.log(facts, message);
  }

  warn(facts: object, message: string): void {
    this.logger.warn(facts, message);
  }

  error(facts: object, message: string): void {
    this.logger.error(facts, message);
  }
}
