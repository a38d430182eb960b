import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { holdReason } from './hold-reasons.js';
import { RestorationService } from './restoration.service.js';

const due: Record<string, object[]> = {
  'agency one': [
    { id: 'a', clientId: 'x' },
    { id: 'b', clientId: 'y' },
  ],
  'agency two': [],
  'agency three': [{ id: 'c', clientId: 'z' }],
};

describe('after a restore', () => {
  it('whatever was due is in doubt, one contractor at a time, and each is told', async () => {
    const told = new Recorder();
    const rows = told.port<never>('rows', {
      contractorsWithDue: Object.keys(due),
      doubtDue: (contractorId: string) => due[contractorId],
    });
    expect(await new RestorationService(told.work, rows, told.port('records')).doubtWhatWasDue()).toBe(3);
    const moved = (contractorId: string, id: string, clientId: string) => [
      ...['records.moved', { kind: 'worker', contractorId }],
      ...[{ id, clientId, state: 'unclear' }, { code: 'restored' }],
    ];
    expect(told.calls).toEqual([
      ...[['begin across tenants', 'doubt what was due'], ['rows.contractorsWithDue'], ['commit']],
      ...[
        ['begin', 'agency one'],
        ['rows.doubtDue', 'agency one', holdReason('restored')],
      ],
      ...[moved('agency one', 'a', 'x'), moved('agency one', 'b', 'y'), ['commit']],
      ...[['begin', 'agency two'], ['rows.doubtDue', 'agency two', holdReason('restored')], ['commit']],
      ...[
        ['begin', 'agency three'],
        ['rows.doubtDue', 'agency three', holdReason('restored')],
      ],
      ...[moved('agency three', 'c', 'z'), ['commit']],
    ]);
  });

  it('nothing is in doubt when nothing was due', async () => {
    const told = new Recorder();
    const rows = told.port<never>('rows', { contractorsWithDue: [] });
    expect(await new RestorationService(told.work, rows, told.port('records')).doubtWhatWasDue()).toBe(0);
    expect(told.names).toEqual(['begin across tenants', 'rows.contractorsWithDue', 'commit']);
  });
});
