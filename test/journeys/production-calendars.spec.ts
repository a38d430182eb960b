import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency } from '../builders/agency.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

/** 2027 as article 112 has it, with the transfers that a decree might bring. */
const Y2027 = {
  ...{ year: 2027, status: 'official', source: 'Постановление Правительства РФ, для примера', workingDays: 247 },
  weekdaysOff: [
    ...['2027-01-01', '2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07', '2027-01-08', '2027-02-23', '2027-03-08'],
    ...['2027-05-03', '2027-05-10', '2027-06-14', '2027-11-04', '2027-11-05', '2027-12-30', '2027-12-31'],
  ],
  workingWeekends: ['2027-11-13'],
};

describe('the production calendar', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  const load = (changes: object = {}, who = agency.owner) => who.api.post('/v1/production-calendars', { ...Y2027, ...changes });
  const read = async (path: string, who = agency.pressOfficer): Promise<Loose> => (await who.api.get(`/v1/${path}`)).body;

  it('of a year that was official at the release is there by itself', async () => {
    expect(await read('working-years?year=2026')).toMatchObject({ status: 'official', workingDays: 247, regionCode: null });
    const acceptance = await read('working-day-deadlines?from=2026-04-30&workingDays=7');
    expect(acceptance).toEqual({ day: '2026-05-13', provisional: false });
  });

  it('of a later year is the law’s until somebody loads it, and whatever is computed from it is provisional till then', async () => {
    expect(await read('working-years?year=2027')).toMatchObject({ status: 'statutory', workingDays: 249 });
    const before = await read('working-day-deadlines?from=2027-11-03&workingDays=7');
    expect(before).toEqual({ day: '2027-11-15', provisional: true });
    expect((await load({ status: 'draft' })).status).toBe(201);
    expect((await read('working-day-deadlines?from=2027-11-03&workingDays=7')).provisional).toBe(true);
    const loaded = await load();
    expect([loaded.status, loaded.body]).toMatchObject([201, { status: 'official', loadedBy: agency.owner.id }]);
    const after = await read('working-day-deadlines?from=2027-11-03&workingDays=7');
    expect(after).toEqual({ day: '2027-11-15', provisional: false });
    expect(await read('working-years?year=2027')).toMatchObject({ status: 'official', workingDays: 247 });
  });

  it('keeps what was loaded before: every version can be read, and the audit log tells who loaded it', async () => {
    const [first, second] = [(await load()).body, (await load({ source: 'Исправлено' })).body];
    const { data } = await read('production-calendars?limit=2');
    expect(data.map(({ id }: Loose) => id)).toEqual([second.id, first.id]);
    expect((await read(`production-calendars/${first.id}`)).source).toBe(Y2027.source);
    const { data: entries } = await read(`audit-entries?objectId=${second.id}`, agency.owner);
    expect(entries).toMatchObject([{ action: 'productionCalendar.loaded', actorId: agency.owner.id }]);
  });

  it('of a region adds its holidays for that region alone', async () => {
    const region = { regionCode: '02', year: 2026, source: 'Указ Главы РБ', weekdaysOff: ['2026-03-20', '2026-05-27'] };
    expect((await load({ ...region, workingWeekends: [], workingDays: undefined })).status).toBe(201);
    const over = (place: string) => read(`working-day-deadlines?from=2026-03-19&workingDays=1${place}`);
    expect([(await over('')).day, (await over('&regionCode=02')).day, (await over('&regionCode=41')).day]).toEqual([
      ...['2026-03-20', '2026-03-23', '2026-03-20'],
    ]);
  });

  it('of another agency changes nothing here', async () => {
    const other = await anAgency(harness);
    await load({ weekdaysOff: [...Y2027.weekdaysOff, '2027-02-22'], workingDays: 246 }, other.owner);
    const [here, there] = [await read('working-years?year=2027'), await read('working-years?year=2027', other.owner)];
    expect([here.workingDays, there.workingDays]).toEqual([247, 246]);
  });

  it.each<[string, object, string]>([
    ['a day of another year', { weekdaysOff: [...Y2027.weekdaysOff, '2026-03-02'] }, 'weekdaysOff'],
    ['a holiday left out', { weekdaysOff: Y2027.weekdaysOff.slice(1) }, 'weekdaysOff'],
    ['a worked Wednesday', { workingWeekends: ['2027-11-10'] }, 'workingWeekends'],
    ['a sum that its days don’t make', { workingDays: 250 }, 'workingDays'],
    ['a day that does not exist', { weekdaysOff: ['2027-02-30'] }, 'weekdaysOff'],
    ['a status of nobody’s', { status: 'statutory' }, 'status'],
  ])('is refused with %s, and nothing is loaded', async (_, changes, field) => {
    const before = (await read('production-calendars')).data;
    const refused = await load(changes);
    expect([refused.status, refused.body.fields.map((one: Loose) => one.field)]).toEqual([400, [field]]);
    expect((await read('production-calendars')).data).toEqual(before);
  });

  it('is loaded by those who see every client', async () => {
    expect([(await load({}, agency.editor)).status, (await load({}, agency.pressOfficer)).status]).toEqual([403, 403]);
  });
});
