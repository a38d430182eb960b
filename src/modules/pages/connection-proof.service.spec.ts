import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { ConnectionProofs } from './connection-proof.service.js';
import type { Page } from './page.js';

const PAGE = { externalId: '300', network: 'vk' } as Page;
const SECRETS = { userToken: 'secret' };
const reason = { code: 'wrong-page', message: 'Токен другого сообщества' };

function proofs(check: object): [ConnectionProofs, Recorder] {
  const told = new Recorder();
  const network = told.port<object>('network', { checkCredentials: check, describePage: { kind: 'done', value: 'described' } });
  return [new ConnectionProofs(told.port('networks', { get: () => network }), told.port('turns')), told];
}

describe('proving what a person entered', () => {
  it('counts its calls before others can fall into them, and after the last one', async () => {
    const [service, told] = proofs({ kind: 'done', value: 'checked' });
    expect(await service.prove('agency', PAGE, SECRETS)).toEqual({ check: 'checked', description: 'described' });
    expect(told.names).toEqual([
      ...['networks.get', 'turns.checked', 'network.checkCredentials', 'network.describePage', 'turns.checked'],
    ]);
    expect(told.of('turns.checked')[1]).toEqual(['agency', 'vk', SECRETS]);
  });

  it.each([
    [{ kind: 'refused', reason }, 'pages.credentials-refused'],
    [{ kind: 'retryLater', reason, afterMs: 1_200 }, 'pages.network-busy'],
  ])('counts them also when the answer is %j', async (check, code) => {
    const [service, told] = proofs(check);
    await expect(service.prove('agency', PAGE, SECRETS)).rejects.toMatchObject({ code });
    expect([told.of('turns.checked').length, told.of('network.describePage')]).toEqual([2, []]);
  });
});
