import type { RateLimit } from '../../platform/http/rate-limits.js';

export interface PasswordCost {
  readonly memoryKib: number;
  readonly passes: number;
}

/** What identity takes from the configuration; also the injection token. */
export class IdentitySettings {
  readonly accessTokenSecret: string;
  /** Log-ins by e-mail, log-ins by address, sign-ups by address. */
  readonly limits: { readonly loginByEmail: RateLimit; readonly loginByAddress: RateLimit; readonly signUpByAddress: RateLimit };
  readonly passwordCost: PasswordCost;
}

/** Five tries in five minutes for an account; an address may serve an office. */
const LIMITS: IdentitySettings['limits'] = {
  loginByEmail: { points: 5, seconds: 300 },
  loginByAddress: { points: 50, seconds: 300 },
  signUpByAddress: { points: 5, seconds: 3_600 },
};
/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. */
const PASSWORD_COST: PasswordCost = { memoryKib: 19_456, passes: 2 };

/** What does not depend on the installation. */
export const IDENTITY_DEFAULTS: Omit<IdentitySettings, 'accessTokenSecret'> = { limits: LIMITS, passwordCost: PASSWORD_COST };
