import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/work.js';
import { RateLimiter, type RateLimitState } from '../../platform/http/rate-limits.js';

const MINUTE = 60;

/** Keeps one integration from taking the whole service: each key has a limit of its own, over all processes. */
@Injectable()
export class KeyLimits {
  /** By the limit: keys have few different ones. */
  private readonly limiters = new Map<number, RateLimiter>();

  constructor(private readonly work: UnitOfWork) {}

  /** Counts a request. @throws TooManyRequests */
  take(keyId: string, requestsPerMinute: number): Promise<RateLimitState> {
    return this.limiter(requestsPerMinute).take(keyId);
  }

  private limiter(points: number): RateLimiter {
    const known = this.limiters.get(points);
    if (known) return known;
    const made = new RateLimiter(this.work, 'api-key', { points, seconds: MINUTE });
    this.limiters.set(points, made);
    return made;
  }
}
