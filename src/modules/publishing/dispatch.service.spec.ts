import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { DispatchRows, DispatchService } from './dispatch.service.js';
import { WORKER_LOST } from './hold-reasons.js';
import { SETTLE_SECONDS } from './publication.js';
import { deleteJob, prepareJob, publishJob, resolveJob } from './publishing.jobs.js';

const TRUSTED = { now: 'now', epochMs: 0, clockTrusted: true };
const picked = (publicationId: string, more: object = {}) => ({ contractorId: 'agency', publicationId, ring: '7', ...more });
const rung = (what: string, publicationId: string) => ({
  ...{ payload: { contractorId: 'agency', publicationId }, jobId: `${what}.${publicationId}.7` },
});

function dispatcher(
  answers: Partial<Record<'found' | 'turns' | 'resolution' | 'clocks', Readonly<Record<string, unknown>>>> = {},
): [DispatchService, Recorder] {
  const told = new Recorder();
  const metrics = { overduePublications: told.port<object>('overdue') };
  const rows = new DispatchRows(
    told.port('turns', answers.turns),
    told.port('resolution', answers.resolution),
    told.port('records', { require: { clientId: 'client' } }),
    told.port('clocks', { trusts: true, ...answers.clocks }),
  );
  const found = told.port<never>('found', {
    expiredLeases: [],
    toLookAt: [],
    pickUnprepared: [],
    countOverdue: 0,
    ...answers.found,
  });
  return [new DispatchService(told.work, found, rows, told.port('queues'), metrics as never), told];
}

describe('a round of the dispatcher', () => {
  it('rings for whose turn it is on each network, and sums up', async () => {
    const turn = (network: string) => ({ ...TRUSTED, tokens: network === 'vk' ? 3 : 5 });
    const take = (network: string) =>
      network === 'vk' ? { rung: [picked('a'), picked('b')], waiting: 4 } : { rung: [picked('c')], waiting: 1 };
    const [service, told] = dispatcher({ turns: { begin: turn, take } });
    expect(await service.dispatch()).toEqual({ rung: 3, waiting: 5 });
    expect(told.of('turns.take')).toEqual([
      ['vk', { ...TRUSTED, tokens: 3 }],
      ['ok', { ...TRUSTED, tokens: 5 }],
    ]);
    expect(told.of('queues.ring')).toEqual([
      [publishJob, [rung('publish', 'a'), rung('publish', 'b')]],
      [publishJob, [rung('publish', 'c')]],
    ]);
    expect(told.names.slice(0, 6)).toEqual([
      ...['begin across tenants', 'turns.begin', 'clocks.trusts', 'turns.take', 'commit', 'queues.ring'],
    ]);
  });

  it('leaves a network to another dispatcher that is at it', async () => {
    const [service, told] = dispatcher();
    expect(await service.dispatch()).toEqual({ rung: 0, waiting: 0 });
    expect([told.of('turns.take'), told.of('queues.ring')]).toEqual([[], []]);
  });

  it.each([
    ['has been in doubt', { ...TRUSTED, clockTrusted: false }, true, true],
    ['has just jumped', TRUSTED, false, false],
  ])('takes nothing while the clock %s', async (_, turn, trusts, inDoubt) => {
    const [service, told] = dispatcher({ turns: { begin: turn }, clocks: { trusts } });
    expect(await service.dispatch()).toEqual({ rung: 0, waiting: 0 });
    expect(told.of('clocks.trusts')[0]).toEqual([{ epochMs: 0, inDoubt }]);
    expect([told.of('turns.take'), told.of('queues.ring')]).toEqual([[], []]);
  });

  it('rings for what should be uploaded by now', async () => {
    const [service, told] = dispatcher({ found: { pickUnprepared: [picked('a'), picked('b')] } });
    expect(await service.prepare()).toBe(2);
    expect(told.of('queues.ring')).toEqual([[prepareJob, [rung('prepare', 'a'), rung('prepare', 'b')]]]);
  });
});

describe('a sweep', () => {
  it('rings for what is to be looked at and what is to be deleted, and counts what nobody took', async () => {
    const toLookAt = [picked('a', { state: 'unclear' }), picked('b', { state: 'published' }), picked('c', { state: 'unclear' })];
    const [service, told] = dispatcher({ found: { toLookAt, countOverdue: 7 } });
    await service.sweep();
    expect(told.of('queues.ring')).toEqual([
      [resolveJob, [rung('resolve', 'a'), rung('resolve', 'c')]],
      [deleteJob, [rung('delete', 'b')]],
    ]);
    expect([told.of('overdue.set'), told.of('found.toLookAt'), told.of('found.expiredLeases')]).toEqual([
      [[7]],
      [[500]],
      [[500]],
    ]);
  });

  it('ends leases that ran out, each in its tenant, and tells what became of them', async () => {
    const leases = [
      { contractorId: 'agency', publicationId: 'a' },
      { contractorId: 'other', publicationId: 'b' },
    ];
    const expire = ({ id }: { id: string }) => (id === 'a' ? 'unclear' : undefined);
    const [service, told] = dispatcher({ found: { expiredLeases: leases }, resolution: { expire } });
    await service.sweep();
    expect(told.of('resolution.expire')).toEqual([
      [{ contractorId: 'agency', id: 'a' }, SETTLE_SECONDS, WORKER_LOST],
      [{ contractorId: 'other', id: 'b' }, SETTLE_SECONDS, WORKER_LOST],
    ]);
    expect(told.calls.filter(([name]) => name === 'begin').map(([, of]) => of)).toEqual(['agency', 'other']);
    // Of the second somebody else was quicker.
    expect(told.of('records.require')).toEqual([['agency', 'a']]);
    expect(told.of('records.moved')).toEqual([
      [{ kind: 'worker', contractorId: 'agency' }, { id: 'a', clientId: 'client', state: 'unclear' }, { code: 'worker-lost' }],
    ]);
  });
});
