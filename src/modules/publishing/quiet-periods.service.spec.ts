import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { holdReason } from './hold-reasons.js';
import { IDS, NARROW, NOW, refusal, STILL, WHO } from './publishing.spec-support.js';
import { QuietParts, type QuietPeriodRequest, QuietPeriodsService } from './quiet-periods.service.js';

const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
const PERIOD = { id: 'period', clientId: 'client', startsAt: NOW };
const REQUEST: QuietPeriodRequest = {
  ...{ clientId: 'client', regionCode: null, kind: 'mourning', title: 'Траур', startsAt: null, endsAt: later(60) },
};
const COVERED = [
  { id: 'a', clientId: 'client' },
  { id: 'b', clientId: 'other' },
];

function service(periods: object = {}): [QuietPeriodsService, Recorder] {
  const told = new Recorder();
  const rows = { find: PERIOD, change: true, holdCovered: COVERED, list: [{ id: 'b' }, { id: 'a' }], ...periods };
  const parts = new QuietParts(told.port('periods', rows), told.port('records'), told.port('clients'));
  return [new QuietPeriodsService(told.work, parts, STILL, IDS), told];
}

const HELD = COVERED.map((one) => [WHO, { ...one, state: 'held' }, { code: 'quiet-period' }]);

describe('a quiet period', () => {
  it('begins now unless it is said when, and holds what it covers at once', async () => {
    const [quiet, told] = service();
    expect(await quiet.create(WHO, REQUEST)).toBe(PERIOD);
    const what = { regionCode: null, kind: 'mourning', title: 'Траур' };
    const row = { contractorId: 'agency', id: 'new id', clientId: 'client', ...what };
    expect(told.of('periods.insert')).toEqual([[{ ...row, startsAt: NOW, endsAt: later(60), createdBy: 'member' }]]);
    expect(told.of('clients.require')).toEqual([['agency', 'client']]);
    const fact = { action: 'quietPeriod.created', objectType: 'quietPeriod', objectId: 'new id', clientId: 'client' };
    expect(told.of('records.audited')).toEqual([[WHO, fact]]);
    expect(told.of('periods.holdCovered')).toEqual([['agency', holdReason('quiet-period')]]);
    expect(told.of('records.moved')).toEqual(HELD);
    expect(told.of('periods.find')).toEqual([[{ contractorId: 'agency', id: 'new id' }]]);
  });

  it('of every client names none, in the record either', async () => {
    const [quiet, told] = service();
    await quiet.create(WHO, { ...REQUEST, clientId: null, startsAt: later(5), endsAt: null });
    expect(told.of('clients.require')).toEqual([]);
    expect(told.of('periods.insert')[0]![0]).toMatchObject({ clientId: null, startsAt: later(5), endsAt: null });
    expect(told.of('records.audited')[0]![1]).toEqual({
      ...{ action: 'quietPeriod.created', objectType: 'quietPeriod', objectId: 'new id' },
    });
  });

  it('of every client is for those who see every client', async () => {
    const narrow = async (clientId: string | null) => {
      const [quiet, told] = service({ find: { ...PERIOD, clientId } });
      return { quiet, told };
    };
    const all = await narrow(null);
    const created = await refusal(async () => all.quiet.create(NARROW, { ...REQUEST, clientId: null }));
    const changed = await refusal(() => all.quiet.change(NARROW, 'period', {}));
    expect([created.code, changed.code]).toEqual(['http.scope-too-narrow', 'http.scope-too-narrow']);
    expect(all.told.of('periods.change')).toEqual([]);
    const own = await narrow('client');
    expect(await own.quiet.create(NARROW, REQUEST)).toMatchObject({ id: 'period' });
    expect(await own.quiet.change(NARROW, 'period', {})).toMatchObject({ id: 'period' });
  });

  it('is of a client or of a region, not of both', async () => {
    const [quiet, told] = service();
    const both = await refusal(async () => quiet.create(WHO, { ...REQUEST, regionCode: '41' }));
    expect(both.details['fields']).toEqual([{ field: 'regionCode', reason: expect.stringMatching(/client or a region/) }]);
    expect(told.names).toEqual([]);
    expect(await quiet.create(WHO, { ...REQUEST, clientId: null, regionCode: '41' })).toBe(PERIOD);
    expect(told.of('periods.insert')[0]![0]).toMatchObject({ clientId: null, regionCode: '41' });
  });

  it.each([
    [0, true],
    [-1, true],
    [1, false],
  ])('that ends %i minutes after it begins is refused: %s', async (minutes, wrong) => {
    const [quiet] = service();
    const create = async () => quiet.create(WHO, { ...REQUEST, endsAt: later(minutes) });
    const change = () => quiet.change(WHO, 'period', { endsAt: later(minutes) });
    for (const act of [create, change]) {
      if (!wrong) await act();
      else expect((await refusal(act)).details['fields']).toEqual([{ field: 'endsAt', reason: expect.any(String) }]);
    }
  });

  it('that is changed holds what it covers now', async () => {
    const [quiet, told] = service();
    expect(await quiet.change(WHO, 'period', { title: 'Дольше', endsAt: null }, 4)).toBe(PERIOD);
    expect(told.of('periods.change')).toEqual([[{ contractorId: 'agency', id: 'period' }, { title: 'Дольше', endsAt: null }, 4]]);
    const fact = { action: 'quietPeriod.changed', objectType: 'quietPeriod', objectId: 'period', clientId: 'client' };
    expect(told.of('records.audited')).toEqual([[WHO, fact]]);
    expect(told.of('records.moved')).toEqual(HELD);
  });

  it('that somebody else changed meanwhile, or that nobody has, is refused', async () => {
    const stale = service({ change: false });
    expect((await refusal(() => stale[0].change(WHO, 'period', {}))).code).toBe('http.version-stale');
    expect(stale[1].names.at(-1)).toBe('rollback');
    const [none] = service({ find: null });
    expect((await refusal(() => none.get(WHO, 'period'))).code).toBe('publishing.quiet-period-not-found');
  });

  it('is read in work that only reads', async () => {
    const [quiet, told] = service();
    expect(await quiet.get(WHO, 'period')).toBe(PERIOD);
    expect(await quiet.list(WHO, { limit: 1 })).toMatchObject({ data: [{ id: 'b' }], nextCursor: expect.any(String) });
    expect(told.names.filter((name) => String(name).startsWith('begin'))).toEqual(['begin reading', 'begin reading']);
    expect(told.of('periods.list')).toEqual([['agency', expect.objectContaining({ limit: 1 })]]);
  });
});
