import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { holdReason } from './hold-reasons.js';
import { PastContractService } from './past-contract.service.js';

const OF = { contractorId: 'agency', clientId: 'client' };

describe('what is planned, when the days of a contract change', () => {
  it.each<[string[], string[]]>([
    [[], []],
    [['a', 'b'], []],
    [[], ['c']],
    [['a'], ['c', 'd']],
  ])('holds %j past its end, and takes %j back into the plan, and tells each', async (held, released) => {
    const told = new Recorder();
    const records = told.port<{ moved(...of: unknown[]): Promise<void> }>('records');
    const service = new PastContractService(told.work, told.port('plan', { hold: held, release: released }), {
      moved: (...of: unknown[]) => records.moved(...of),
    } as never);
    await service.follow('agency', 'client');
    expect(told.of('plan.hold')).toEqual([
      [OF, { scheduled: holdReason('past-contract'), byHand: holdReason('past-contract-by-hand') }],
    ]);
    expect(told.of('plan.release')).toEqual([[OF]]);
    const one = (state: string) => (id: string) => [
      { kind: 'worker', contractorId: 'agency' },
      { id, clientId: 'client', state },
      { code: 'past-contract' },
    ];
    expect(told.of('records.moved')).toEqual([...held.map(one('held')), ...released.map(one('scheduled'))]);
    expect(told.calls[0]).toEqual(['begin', 'agency']);
  });
});
