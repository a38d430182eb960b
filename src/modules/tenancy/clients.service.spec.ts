import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { Principal } from '../../platform/http/access.js';
import type { ClientDetails } from './client.js';
import { ClientsService } from './clients.service.js';

const WHO = { contractorId: 'agency', scope: { contractorId: 'agency', clientIds: 'all' } } as unknown as Principal;
const NARROW = { ...WHO, scope: { contractorId: 'agency', clientIds: ['client'] } } as Principal;
const CLIENT = { id: 'client' };
const DETAILS = { name: 'Администрация', founderId: null } as unknown as ClientDetails;

function service(clients: object = {}): [ClientsService, Recorder] {
  const told = new Recorder();
  const rows = { find: CLIENT, update: true, list: [{ id: 'b' }, { id: 'a' }], ...clients };
  const ids = { next: () => 'new id', secret: () => 'secret' };
  return [new ClientsService(told.work, told.port('clients', rows), told.port('audit'), ids), told];
}

/** @returns the code of the refusal. */
async function refused(of: () => Promise<unknown>): Promise<unknown> {
  return of().then(
    () => 'not refused',
    ({ code, details }: { code: string; details: { fields?: { field: string }[] } }) =>
      details.fields ? [code, details.fields.map(({ field }) => field)] : code,
  );
}

describe('a client', () => {
  it('is written and recorded in one transaction of its contractor', async () => {
    const [clients, told] = service();
    expect(await clients.create(WHO, DETAILS)).toBe(CLIENT);
    expect(told.calls).toEqual([
      ['begin', 'agency'],
      ['clients.insert', 'agency', 'new id', DETAILS],
      ['audit.record', WHO, { action: 'client.created', objectType: 'client', objectId: 'new id', clientId: 'new id' }],
      ['clients.find', 'agency', 'new id'],
      ['commit'],
    ]);
  });

  it('is not made by those who see some clients only', async () => {
    const [clients, told] = service();
    expect(await refused(async () => clients.create(NARROW, DETAILS))).toMatch(/scope-too-narrow$/);
    expect(told.calls).toEqual([]);
  });

  it('has a founder that is a client too, or none', async () => {
    const unknown = service({ find: null });
    const withFounder = { ...DETAILS, founderId: 'nobody' };
    expect(await refused(() => unknown[0].create(WHO, withFounder))).toEqual(['tenancy.client-not-found', ['founderId']]);
    expect(await refused(() => unknown[0].change(WHO, 'client', { founderId: 'nobody' }))).toEqual([
      ...['tenancy.client-not-found', ['founderId']],
    ]);
    expect([unknown[1].of('clients.insert'), unknown[1].of('clients.update')]).toEqual([[], []]);
    const [known, told] = service();
    await known.create(WHO, { ...DETAILS, founderId: 'founder' });
    expect(told.of('clients.find')[0]).toEqual(['agency', 'founder']);
  });

  it('is changed in the version that was read, and the record names the fields', async () => {
    const [clients, told] = service();
    expect(await clients.change(WHO, 'client', { name: 'Другое', site: null, email: undefined }, 4)).toBe(CLIENT);
    expect(told.of('clients.update')).toEqual([
      [{ contractorId: 'agency', id: 'client' }, { name: 'Другое', site: null, email: undefined }, 4],
    ]);
    const fact = { action: 'client.changed', objectType: 'client', objectId: 'client', clientId: 'client' };
    expect(told.of('audit.record')).toEqual([[WHO, { ...fact, details: { fields: ['name', 'site'] } }]]);
    expect(told.names.filter((name) => name === 'begin')).toHaveLength(1);
  });

  it('that somebody changed meanwhile is stale, and one that is not there is not found', async () => {
    const stale = service({ update: false });
    expect(await refused(() => stale[0].change(WHO, 'client', { name: 'x' }, 4))).toBe('http.version-stale');
    expect([stale[1].of('audit.record'), stale[1].names.at(-1)]).toEqual([[], 'rollback']);
    const gone = service({ update: false, find: null });
    expect(await refused(() => gone[0].change(WHO, 'client', { name: 'x' }, 4))).toBe('tenancy.client-not-found');
  });

  it('is read in work that only reads, by the reader’s own scope', async () => {
    const [clients, told] = service();
    expect(await clients.get(NARROW, 'client')).toBe(CLIENT);
    expect(await clients.list(NARROW, { limit: 1 })).toMatchObject({ data: [{ id: 'b' }], nextCursor: expect.any(String) });
    expect(told.names).toEqual([...['begin reading', 'clients.find', 'commit', 'begin reading', 'clients.list', 'commit']]);
    expect(told.of('clients.list')).toEqual([['agency', expect.objectContaining({ limit: 1 })]]);
  });
});
