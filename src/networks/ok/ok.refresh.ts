import type { Clock } from '../../platform/clock/clock.js';
import type { Outbound } from '../../platform/outbound/outbound.js';
import type { Credentials, RefreshOutcome } from '../network.js';
import { requestTokens } from '../token-refresh.js';
import { apiAddress } from '../wire.js';
import { OK_TITLE } from './ok.errors.js';
import { okRefreshedBy } from './ok.session.js';

/** How OK calls a refresh token that it does not take any more, beside `invalid_grant`: its own session errors. */
const DEAD = ['invalid_token', '102', '103'];

/** OK documentation, "OAuth 2.0 for server applications": a token of half an hour and a refresh token of a month. */
export class OkRefresh {
  constructor(
    private readonly authUrl: string,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  async refresh(credentials: Credentials, sendBefore: Date): Promise<RefreshOutcome> {
    const { refreshToken: spent, applicationId, applicationSecretKey } = credentials;
    if (okRefreshedBy(credentials) === undefined || !spent || !applicationId || !applicationSecretKey) return incomplete();
    const outcome = await requestTokens(this.outbound, OK_TITLE, {
      url: apiAddress(this.authUrl, 'oauth/token.do'),
      fields: { refresh_token: spent, client_id: applicationId, client_secret: applicationSecretKey },
      dead: DEAD,
      sendBefore: { deadline: sendBefore, now: () => this.clock.now() },
    });
    if (outcome.kind !== 'refreshed') return outcome;
    const { accessToken, refreshToken, expiresAt } = outcome.tokens;
    return {
      kind: 'refreshed',
      credentials: { accessToken, ...(refreshToken !== undefined && { refreshToken }) },
      ...(expiresAt && { expiresAt }),
    };
  }
}

function incomplete(): RefreshOutcome {
  const message = `${OK_TITLE}: для продления доступа нужны refreshToken и applicationId вместе.`;
  return { kind: 'refused', reason: { code: 'credential-missing', message } };
}
