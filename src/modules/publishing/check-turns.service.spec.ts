import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { fingerprintOf } from '../pages/fingerprint.js';
import { CheckTurns } from './check-turns.service.js';

async function toCheck(cost: object | undefined): Promise<[number, Recorder]> {
  const told = new Recorder();
  const asked = told.port<{ costOf: unknown }>('network', { costOf: cost });
  const networks = told.port<never>('networks', { get: () => ({ name: 'vk', costOf: asked.costOf }) });
  const turns = new CheckTurns(told.work, told.port('budgets', { take: 700 }), networks);
  return [await turns.toCheck('agency', 'vk', { userToken: 'secret' }), told];
}

describe('a turn to check credentials', () => {
  it('is taken from the budget of the secret, after whoever publishes', async () => {
    const [waitMs, told] = await toCheck({ credential: 'userToken', requests: 3 });
    expect(waitMs).toBe(700);
    const spending = { network: 'vk', key: fingerprintOf('agency', 'secret'), credential: 'userToken', requests: 3 };
    expect(told.calls).toEqual([
      ['networks.get', 'vk'],
      ['network.costOf', 'checkCredentials', { userToken: 'secret' }],
      ['begin', 'agency'],
      ['budgets.take', 'agency', spending, { urgency: 'background' }],
      ['commit'],
    ]);
  });

  it('comes at once when the check asks the network nothing', async () => {
    const [waitMs, told] = await toCheck(undefined);
    expect([waitMs, told.names]).toEqual([0, ['networks.get', 'network.costOf']]);
  });
});
