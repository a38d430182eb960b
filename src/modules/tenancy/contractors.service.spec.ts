import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { Principal } from '../../platform/http/access.js';
import type { ContractorDetails } from './client.js';
import { ContractorsService } from './contractors.service.js';

const WHO = { contractorId: 'agency', scope: { contractorId: 'agency', clientIds: 'all' } } as unknown as Principal;
const AGENCY = { id: 'agency' };
const DETAILS = { name: 'Агентство' } as unknown as ContractorDetails;

function service(contractors: object = {}): [ContractorsService, Recorder] {
  const told = new Recorder();
  const rows = told.port<never>('contractors', { find: AGENCY, update: true, ...contractors });
  return [new ContractorsService(told.work, rows, told.port('audit')), told];
}

describe('a contractor', () => {
  it('is made in the transaction of the sign-up', async () => {
    const [contractors, told] = service();
    expect(await contractors.create({} as never, 'agency', DETAILS)).toBe(AGENCY);
    expect(told.names).toEqual(['contractors.insert', 'contractors.find']);
    expect(told.of('contractors.insert')[0]!.slice(1)).toEqual(['agency', DETAILS]);
  });

  it('sees itself alone', async () => {
    const [contractors, told] = service();
    expect(await contractors.get(WHO)).toBe(AGENCY);
    expect(told.calls).toEqual([['begin reading', 'agency'], ['contractors.find', 'agency'], ['commit']]);
  });

  it('is changed in the version that was read, and recorded', async () => {
    const [contractors, told] = service();
    expect(await contractors.change(WHO, { name: 'Другое' }, 3)).toBe(AGENCY);
    expect(told.of('contractors.update')).toEqual([['agency', { name: 'Другое' }, 3]]);
    const fact = { action: 'contractor.changed', objectType: 'contractor', objectId: 'agency' };
    expect(told.of('audit.record')).toEqual([[WHO, fact]]);
  });

  it('that was changed meanwhile is stale, and one that is not there is not found', async () => {
    const [stale, told] = service({ update: false });
    await expect(stale.change(WHO, { name: 'x' }, 3)).rejects.toMatchObject({ code: 'http.version-stale' });
    expect(told.of('audit.record')).toEqual([]);
    await expect(service({ find: null })[0].get(WHO)).rejects.toMatchObject({ code: 'tenancy.contractor-not-found' });
  });
});
