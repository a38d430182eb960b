import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import { RateLimiter } from '../../../platform/http/rate-limits.js';

/** A calendar program asks every few minutes at most; an address may serve an office or a calendar service. */
const BY_ADDRESS = { points: 600, seconds: 300 };
const BY_TOKEN = { points: 60, seconds: 300 };

/** Guards the one route of feeds that strangers may call. */
@Injectable()
export class FeedLimits {
  private readonly byAddress: RateLimiter;
  private readonly byToken: RateLimiter;

  constructor(work: UnitOfWork) {
    this.byAddress = new RateLimiter(work, 'feed-address', BY_ADDRESS);
    this.byToken = new RateLimiter(work, 'feed-token', BY_TOKEN);
  }

  /** @throws TooManyRequests */
  async take(token: string, address: string): Promise<void> {
    await this.byAddress.take(address);
    await this.byToken.take(token);
  }
}
