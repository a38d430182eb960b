import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { CallTurns } from './call-turns.js';
import { ConnectionProofs } from './connection-proof.service.js';
import type { Page } from './page.js';

const PAGE = { externalId: '300', network: 'vk' } as Page;
const SECRETS = { userToken: 'secret' };
const reason = { code: 'wrong-page', message: 'Токен другого сообщества' };

const DONE = { kind: 'done', value: 'checked' };

function proofs(check: object, waits: number[] = []): [ConnectionProofs, Recorder] {
  const told = new Recorder();
  const turns = told.port<CallTurns>('turns', { toProve: () => waits.shift() ?? 0 });
  const network = told.port<object>('network', { checkCredentials: check, describePage: { kind: 'done', value: 'described' } });
  return [new ConnectionProofs(told.port('networks', { get: () => network }), turns), told];
}

describe('proving what a person entered', () => {
  it('takes a turn before its calls, and counts them after the last one', async () => {
    const [service, told] = proofs(DONE);
    expect(await service.prove('agency', PAGE, SECRETS)).toEqual({ check: 'checked', description: 'described' });
    expect(told.names).toEqual([
      ...['networks.get', 'turns.toProve', 'network.checkCredentials', 'network.describePage', 'turns.checked'],
    ]);
    expect(told.of('turns.toProve')).toEqual([['agency', 'vk', SECRETS]]);
    expect(told.of('turns.checked')).toEqual([['agency', 'vk', SECRETS]]);
  });

  it('waits until its turn comes', async () => {
    const [service, told] = proofs(DONE, [2, 3]);
    await service.prove('agency', PAGE, SECRETS);
    expect(told.names.slice(1, 5)).toEqual([...Array<string>(3).fill('turns.toProve'), 'network.checkCredentials']);
  });

  it.each([[[3_001]], [[2, 2_999]]])('lets a person wait no more than three seconds when the waits are %j', async (waits) => {
    const [service, told] = proofs(DONE, [...waits, 1, 1, 1]);
    await service.prove('agency', PAGE, SECRETS);
    expect(told.names.slice(waits.length, waits.length + 3)).toEqual([
      ...['turns.toProve', 'turns.checked', 'network.checkCredentials'],
    ]);
  });

  it.each([
    [{ kind: 'refused', reason }, 'pages.credentials-refused'],
    [{ kind: 'retryLater', reason, afterMs: 1_200 }, 'pages.network-busy'],
  ])('counts them also when the answer is %j', async (check, code) => {
    const [service, told] = proofs(check);
    await expect(service.prove('agency', PAGE, SECRETS)).rejects.toMatchObject({ code });
    expect([told.of('turns.checked').length, told.of('network.describePage')]).toEqual([1, []]);
  });
});
