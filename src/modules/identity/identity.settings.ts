import type { RateLimit } from '../../platform/http/rate-limits.js';

/** What identity takes from the configuration; also the injection token. */
export class IdentitySettings {
  readonly accessTokenSecret: string;
  /** Log-ins by e-mail, log-ins by address, sign-ups by address. */
  readonly limits: { readonly loginByEmail: RateLimit; readonly loginByAddress: RateLimit; readonly signUpByAddress: RateLimit };
}

/** Five tries in five minutes for an account; an address may serve an office. */
export const IDENTITY_LIMITS: IdentitySettings['limits'] = {
  loginByEmail: { points: 5, seconds: 300 },
  loginByAddress: { points: 50, seconds: 300 },
  signUpByAddress: { points: 5, seconds: 3_600 },
};
