import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Credentials, NetworkName } from '../../src/networks/network.js';
import { ContractWorld } from './contract-world.js';

const HOUR_MS = 3_600_000;
const CLIENT_ID = '51000001';

interface Session {
  readonly label: string;
  readonly credentials: Credentials;
}

describe('tokens that end', () => {
  let world: ContractWorld;
  let number = 0;

  beforeAll(async () => {
    world = await ContractWorld.start();
  });
  afterEach(() => {
    world.sandbox.vk.scripts.clear();
    world.sandbox.ok.scripts.clear();
  });
  afterAll(() => world.stop());

  /** What a person has after he gave the application access. */
  function sessionOn(name: NetworkName): Session {
    const label = `session-${(number += 1)}`;
    const known = world.sandbox.credentials;
    if (name === 'vk') {
      const session = world.sandbox.vk.startSession(known.vk.userId, { label, deviceId: label, clientId: CLIENT_ID });
      return {
        label,
        credentials: {
          communityToken: known.vk.communityToken,
          ...{ userToken: session.access.token, userRefreshToken: session.refreshToken },
          ...{ userDeviceId: label, userClientId: CLIENT_ID },
        },
      };
    }
    const session = world.sandbox.ok.startSession({ label, permissions: ['VALUABLE_ACCESS', 'GROUP_CONTENT', 'PHOTO_CONTENT'] });
    const { applicationKey, applicationSecret: applicationSecretKey, applicationId } = known.ok;
    return {
      label,
      credentials: {
        ...{ applicationKey, applicationSecretKey, applicationId },
        ...{ accessToken: session.token, refreshToken: session.refreshToken! },
      },
    };
  }

  const refresh = (name: NetworkName, credentials: Credentials) =>
    world.networks.get(name).refreshCredentials(credentials, new Date(world.clock.now().getTime() + 10_000));
  const check = (name: NetworkName, credentials: Credentials) => {
    const side = world.side(name);
    return side.network.checkCredentials(side.page, credentials);
  };
  const trouble = (name: NetworkName) =>
    name === 'vk' ? world.sandbox.vk.next('oauth2.auth') : world.sandbox.ok.next('oauth.token');

  it.each<[NetworkName, number]>([
    ['vk', HOUR_MS],
    ['ok', HOUR_MS / 2],
  ])('%s: end, and are renewed again and again', async (name, life) => {
    let { credentials } = sessionOn(name);
    expect((await check(name, credentials)).kind).toBe('done');
    for (let round = 0; round < 3; round += 1) {
      world.clock.advance(life + 60_000);
      expect((await check(name, credentials)).kind).toBe('credentialLost');
      const outcome = await refresh(name, credentials);
      if (outcome.kind !== 'refreshed') throw new Error(outcome.reason.message);
      expect(Math.abs(outcome.expiresAt!.getTime() - world.clock.now().getTime() - life)).toBeLessThan(10_000);
      credentials = { ...credentials, ...outcome.credentials };
      expect((await check(name, credentials)).kind).toBe('done');
    }
  });

  it('vk: a refresh token is good for one use, and on its device', async () => {
    const { credentials } = sessionOn('vk');
    expect((await refresh('vk', { ...credentials, userDeviceId: 'another' })).kind).not.toBe('refreshed');
    expect((await refresh('vk', credentials)).kind).toBe('refreshed');
    expect((await refresh('vk', credentials)).kind).toBe('revoked');
  });

  it.each<NetworkName>(['vk', 'ok'])('%s: say so when the person took the access back', async (name) => {
    const { label, credentials } = sessionOn(name);
    world.sandbox[name].endSession(label);
    expect(await refresh(name, credentials)).toMatchObject({ kind: 'revoked', reason: { code: 'refresh-revoked' } });
  });

  it.each<NetworkName>(['vk', 'ok'])('%s: are not lost by trouble before the network acted', async (name) => {
    const { credentials } = sessionOn(name);
    trouble(name).dropsBeforeEffect();
    expect((await refresh(name, credentials)).kind).toBe('unsure');
    expect((await refresh(name, credentials)).kind).toBe('refreshed');
  });

  it('vk: whose successor was lost with the answer are known for that', async () => {
    const { credentials } = sessionOn('vk');
    trouble('vk').acceptsThenDrops();
    expect((await refresh('vk', credentials)).kind).toBe('unsure');
    expect((await refresh('vk', credentials)).kind).toBe('revoked');
  });
});
