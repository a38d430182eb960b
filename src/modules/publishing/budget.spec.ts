import { describe, expect, it } from '@jest/globals';
import { createNetworks } from '../../networks/networks.js';
import type { SpendingCall } from '../../networks/network.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import { SystemClock } from '../../platform/clock/clock.js';
import { spendingOf } from './budget.js';

const NOWHERE = { vkApiUrl: 'http://vk', vkIdUrl: 'http://vk', okApiUrl: 'http://ok', okAuthUrl: 'http://ok', uploadHosts: [] };
const networks = createNetworks(NOWHERE, new Outbound(), new SystemClock());
const vk = { communityToken: 'c', userToken: 'u', serviceToken: 's' };
const { serviceToken: _, ...withoutService } = vk;
const ok = { applicationKey: 'k', applicationSecretKey: 'k', accessToken: 'a' };

describe('a call spends', () => {
  it.each<['vk' | 'ok', SpendingCall, Record<string, string>, string | undefined, number | undefined]>([
    ['vk', 'publishText', vk, 'communityToken', 1],
    ['vk', 'publishPhoto', vk, 'userToken', 1],
    ['vk', 'uploadPhoto', vk, 'userToken', 2],
    ['vk', 'find', vk, 'serviceToken', 1],
    ['vk', 'find', withoutService, 'userToken', 1],
    ['vk', 'delete', vk, 'userToken', 1],
    ['vk', 'delete', { communityToken: 'c' }, undefined, undefined],
    ['ok', 'publishText', ok, 'accessToken', 1],
    ['ok', 'uploadPhoto', ok, 'accessToken', 1],
    ['ok', 'find', {}, undefined, undefined],
  ])('on %s for %s with %j: %s', (network, call, credentials, credential, requests) => {
    const spending = spendingOf(networks.get(network), call, { contractorId: '1', credentials });
    expect([spending?.credential, spending?.requests]).toEqual([credential, requests]);
  });

  it('the same budget for the same secret of the same contractor, and for no other; the key does not tell the secret', () => {
    const keyOf = (contractorId: string, accessToken: string) =>
      spendingOf(networks.get('ok'), 'find', { contractorId, credentials: { ...ok, accessToken } })!.key;
    expect(keyOf('1', 'token')).toBe(keyOf('1', 'token'));
    expect(new Set([keyOf('1', 'token'), keyOf('2', 'token'), keyOf('1', 'other')]).size).toBe(3);
    expect(keyOf('1', 'token')).not.toContain('token');
  });

  it('nothing when the secret that it would draw on is not there: the adapter says so without a request', () => {
    const network = { name: 'vk', costOf: () => ({ credential: 'userToken', requests: 1 }) } as const;
    const owner = { contractorId: '1', credentials: { communityToken: 'c' } };
    expect(spendingOf(network, 'find', owner)).toBeUndefined();
    expect(spendingOf(network, 'find', { ...owner, credentials: undefined })).toBeUndefined();
  });
});
