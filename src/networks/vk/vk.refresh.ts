import { createHash } from 'node:crypto';
import type { Clock } from '../../platform/clock/clock.js';
import type { Outbound } from '../../platform/outbound/outbound.js';
import type { Credentials, RefreshOutcome } from '../network.js';
import { requestTokens } from '../token-refresh.js';
import { apiAddress } from '../wire.js';
import { VK_TITLE } from './vk.errors.js';
import { vkRefreshedBy } from './vk.tokens.js';

/**
 * VK ID, OAuth 2.1: an access token lives for an hour; its refresh token is good for one use, on the device that got it.
 */
export class VkRefresh {
  constructor(
    private readonly idUrl: string,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  async refresh(credentials: Credentials, sendBefore: Date): Promise<RefreshOutcome> {
    const { userRefreshToken, userDeviceId, userClientId } = credentials;
    if (vkRefreshedBy(credentials) === undefined || !userRefreshToken || !userDeviceId || !userClientId) return incomplete();
    const state = stateOf(userRefreshToken);
    const outcome = await requestTokens(this.outbound, VK_TITLE, {
      url: apiAddress(this.idUrl, 'oauth2/auth'),
      fields: { refresh_token: userRefreshToken, client_id: userClientId, device_id: userDeviceId, state },
      dead: [],
      sendBefore: { deadline: sendBefore, now: () => this.clock.now() },
    });
    if (outcome.kind !== 'refreshed') return outcome;
    const { accessToken, refreshToken, expiresAt } = outcome.tokens;
    return {
      kind: 'refreshed',
      credentials: { userToken: accessToken, ...(refreshToken !== undefined && { userRefreshToken: refreshToken }) },
      ...(expiresAt && { expiresAt }),
    };
  }
}

/** VK ID wants a word that differs from request to request; one refresh token makes one request. */
function stateOf(refreshToken: string): string {
  return createHash('sha256').update(`state ${refreshToken}`).digest('hex').slice(0, 32);
}

function incomplete(): RefreshOutcome {
  const message = `${VK_TITLE}: для продления доступа нужны userRefreshToken, userDeviceId и userClientId вместе.`;
  return { kind: 'refused', reason: { code: 'credential-missing', message } };
}
