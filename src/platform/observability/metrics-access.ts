import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Who may read the numbers. They name no tenant, but tell how busy the installation is, and the api's port is public: in
 * production they are served to the holder of METRICS_TOKEN alone.
 */
export class MetricsAccess {
  constructor(
    private readonly token: string | null,
    private readonly production: boolean,
  ) {}

  /** `closed`: there are no numbers here for anybody. */
  verdict(authorization: string | undefined): 'open' | 'wrongToken' | 'closed' {
    if (this.token === null) return this.production ? 'closed' : 'open';
    return same(authorization ?? '', `Bearer ${this.token}`) ? 'open' : 'wrongToken';
  }
}

/** Takes as long for a near miss as for nonsense. */
function same(given: string, wanted: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
