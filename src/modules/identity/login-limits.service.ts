import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/work.js';
import { RateLimiter } from '../../platform/http/rate-limits.js';
import { IdentitySettings } from './identity.settings.js';

/** Guards the routes that strangers may call. */
@Injectable()
export class LoginLimits {
  private readonly byEmail: RateLimiter;
  private readonly byAddress: RateLimiter;
  private readonly signUps: RateLimiter;

  constructor(settings: IdentitySettings, work: UnitOfWork) {
    this.byEmail = new RateLimiter(work, 'login-email', settings.limits.loginByEmail);
    this.byAddress = new RateLimiter(work, 'login-address', settings.limits.loginByAddress);
    this.signUps = new RateLimiter(work, 'sign-up', settings.limits.signUpByAddress);
  }

  /** @throws TooManyRequests */
  async login(email: string, address: string): Promise<void> {
    await this.byAddress.take(address);
    await this.byEmail.take(email);
  }

  /** Refreshing, and accepting an invitation. @throws TooManyRequests */
  async token(address: string): Promise<void> {
    await this.byAddress.take(address);
  }

  /** @throws TooManyRequests */
  async signUp(address: string): Promise<void> {
    await this.signUps.take(address);
  }
}
