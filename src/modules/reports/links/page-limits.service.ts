import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import { RateLimiter } from '../../../platform/http/rate-limits.js';

/** An address may serve a whole office. */
const BY_ADDRESS = { points: 600, seconds: 300 };

/** Guards the one route of reports that strangers may call. */
@Injectable()
export class PageLimits {
  private readonly byAddress: RateLimiter;

  constructor(work: UnitOfWork) {
    this.byAddress = new RateLimiter(work, 'report-page-address', BY_ADDRESS);
  }

  /** @throws TooManyRequests */
  async take(address: string): Promise<void> {
    await this.byAddress.take(address);
  }
}
