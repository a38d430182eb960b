import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { fingerprintOf } from '../pages/fingerprint.js';
import { CheckTurns } from './check-turns.service.js';

const COSTS: Readonly<Record<string, object>> = {
  checkCredentials: { credential: 'userToken', requests: 3 },
  checkReadingToken: { credential: 'serviceToken', requests: 2 },
};
const CREDENTIALS = { userToken: 'user', serviceToken: 'service' };
const spent = (credential: 'userToken' | 'serviceToken', requests: number) => ({
  ...{ network: 'vk', key: fingerprintOf('agency', CREDENTIALS[credential]), credential, requests },
});

function service(costs: Readonly<Record<string, object>> = COSTS, waits: number[] = []): [CheckTurns, Recorder] {
  const told = new Recorder();
  const asked = told.port<{ costOf: unknown }>('network', { costOf: (call: string) => costs[call] });
  const networks = told.port<never>('networks', { get: () => ({ name: 'vk', costOf: asked.costOf }) });
  return [new CheckTurns(told.work, told.port('budgets', { take: () => waits.shift() ?? 0 }), networks), told];
}

describe('a turn to check credentials', () => {
  it('is taken from the budget of each secret, after whoever publishes', async () => {
    const [turns, told] = service();
    expect(await turns.toCheck('agency', 'vk', CREDENTIALS)).toBe(0);
    expect(told.of('budgets.take')).toEqual([
      ['agency', spent('serviceToken', 2), 'background'],
      ['agency', spent('userToken', 3), 'background'],
    ]);
    expect(told.calls.find(([name]) => name === 'begin')).toEqual(['begin', 'agency']);
  });

  it('comes when all of them have one', async () => {
    const [turns, told] = service(COSTS, [700]);
    expect(await turns.toCheck('agency', 'vk', CREDENTIALS)).toBe(700);
    expect(told.of('budgets.take')).toHaveLength(1);
    expect(told.names.at(-1)).toBe('rollback');
  });

  it('gives back what one secret gave when the next has none', async () => {
    const [turns, told] = service(COSTS, [0, 400]);
    expect(await turns.toCheck('agency', 'vk', CREDENTIALS)).toBe(400);
    expect(told.of('budgets.take')).toHaveLength(2);
    expect(told.names.at(-1)).toBe('rollback');
  });

  it('goes with the posts when a person waits for the answer', async () => {
    const [turns, told] = service();
    expect(await turns.toProve('agency', 'vk', CREDENTIALS)).toBe(0);
    expect(told.of('budgets.take').map(([, , urgency]) => urgency)).toEqual(['publishing', 'publishing']);
  });

  it('tells when its turn could not be asked for', async () => {
    const told = new Recorder();
    const take = () => Promise.reject(new Error('away'));
    const networks = told.port<never>('networks', { get: () => ({ name: 'vk', costOf: (call: string) => COSTS[call] }) });
    const turns = new CheckTurns(told.work, told.port('budgets', { take }), networks);
    await expect(turns.toProve('agency', 'vk', CREDENTIALS)).rejects.toThrow('away');
  });

  it('comes at once when the check asks the network nothing', async () => {
    const [turns, told] = service({});
    expect(await turns.toCheck('agency', 'vk', CREDENTIALS)).toBe(0);
    await turns.checked('agency', 'vk', CREDENTIALS);
    expect(told.names.filter((name) => name !== 'networks.get' && name !== 'network.costOf')).toEqual([]);
  });
});

describe('a check for which nobody waited', () => {
  it('counts for each secret', async () => {
    const [turns, told] = service();
    await turns.checked('agency', 'vk', CREDENTIALS);
    expect(told.of('budgets.used')).toEqual([
      ['agency', spent('serviceToken', 2)],
      ['agency', spent('userToken', 3)],
    ]);
    expect(told.of('budgets.take')).toEqual([]);
  });
});
