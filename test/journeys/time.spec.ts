import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activeContract, type Agency, anAgency, clientRequest, connectedPages } from '../builders/agency.js';
import { anApprovedPost, publicationsOf, schedule, timesOnPage } from '../builders/posts.js';
import { join as joined } from '../builders/people.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { zoneCheckTimer } from '../../src/modules/publishing/publishing.jobs.js';
import { endOfDay, instantOf, wallTimeOf } from '../../src/platform/clock/zones.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import { Timers } from '../../src/platform/queue/timers.js';

const RUSSIAN = [
  ...['Europe/Kaliningrad', 'Europe/Moscow', 'Europe/Samara', 'Asia/Yekaterinburg', 'Asia/Omsk', 'Asia/Novosibirsk'],
  ...['Asia/Krasnoyarsk', 'Asia/Irkutsk', 'Asia/Yakutsk', 'Asia/Vladivostok', 'Asia/Magadan', 'Asia/Sakhalin', 'Asia/Kamchatka'],
];
/** With clock changes of all kinds: both hemispheres, half an hour, at midnight. */
const ABROAD = [
  ...['Europe/Berlin', 'Europe/Chisinau', 'America/New_York', 'America/Havana', 'Australia/Lord_Howe', 'Asia/Beirut'],
  ...['America/Santiago', 'Pacific/Chatham'],
];

describe('time, as people and the law mean it', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);

  async function clientIn(timeZone: string, contract: object = {}): Promise<Agency> {
    const client = (await agency.owner.api.post('/v1/clients', clientRequest({ timeZone }))).body;
    const pages = await connectedPages(harness, agency.owner, client.id);
    const made = await activeContract(agency.owner, client.id, [pages.vkPage.id, pages.okPage.id], {
      number: timeZone,
      ...contract,
    });
    return { ...agency, client, ...pages, contract: made, pressOfficer: await joined(agency.owner, 'pressOfficer', [client.id]) };
  }

  it('E-3 a wall time that a clock change skips is moved forward, one that comes twice is the first, and the answer shows which', async () => {
    const abroad = await clientIn('Europe/Berlin');
    const post = await anApprovedPost(abroad);
    const plan = async (publishAtLocal: string): Promise<Loose> => {
      const body = { publishAtLocal, pageIds: [abroad.vkPage.id] };
      return (await abroad.editor.api.put(`/v1/posts/${post.id}/schedule`, body)).body.publications[0];
    };
    expect(await plan('2027-03-28T02:30')).toMatchObject({
      plannedLocal: '2027-03-28T03:30:00',
      dueAt: '2027-03-28T01:30:00.000Z',
    });
    expect(await plan('2027-10-31T02:30')).toMatchObject({
      plannedLocal: '2027-10-31T02:30:00',
      dueAt: '2027-10-31T00:30:00.000Z',
    });
  });

  it('E-4 posts whose wall time has moved with the rules of their zone are listed and asked about, all of them and no other', async () => {
    const moved = [await anApprovedPost(agency), await anApprovedPost(agency)];
    const same = await anApprovedPost(agency);
    for (const post of moved) await schedule(agency, post, inMinutes(30));
    await schedule(agency, same, inMinutes(30));
    // As if the release that planned them had known an hour less.
    await harness.sql(
      `update publications set planned_local = to_char(planned_local::timestamp - interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS') where post_id = any($1)`,
      [moved.map(({ id }) => id)],
    );
    await harness.app.get(Timers).runOnce(zoneCheckTimer);
    const { data } = (await agency.editor.api.get(`/v1/publications?state=held&clientId=${agency.client.id}`)).body;
    expect(data.map(({ postId }: Loose) => postId).sort()).toEqual(moved.flatMap(({ id }) => [id, id]).sort());
    expect(data[0].reason).toMatchObject({ code: 'zone-changed', message: expect.stringMatching(/[а-я]/) });
    await harness.clock.advance({ minutes: 31 });
    await harness.drain();
    expect([...moved, same].map((post) => timesOnPage(harness, post, agency.vkPage))).toEqual([0, 0, 1]);
    await schedule(agency, moved[0], inMinutes(1), [agency.vkPage]);
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    expect((await publicationsOf(agency, moved[0]))['vk'].state).toBe('published');
  });

  it('E-5 PostgreSQL and we read the clocks of Russia alike, every day of these years', async () => {
    const differences: string[] = [];
    for (const zone of RUSSIAN) {
      const rows = await harness.sql<{ at: Date; wall: string }>(
        `select at, to_char(at at time zone $1, 'YYYY-MM-DD"T"HH24:MI:SS') as wall
         from generate_series('2026-01-01T00:00Z'::timestamptz, '2028-01-01T00:00Z', interval '1 day') at`,
        [zone],
      );
      for (const { at, wall } of rows)
        if (wallTimeOf(at, zone) !== wall) differences.push(`${zone} ${at.toISOString()}: ${wall}`);
    }
    expect(differences).toEqual([]);
  });

  it('E-5 only one side turns wall times into instants: no statement of ours names a time zone', async () => {
    const guilty: string[] = [];
    const files = ['src', 'migrations'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    );
    for (const file of files.filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))) {
      const text = readFileSync(file, 'utf8');
      if (/\bat time zone\b|\btimezone\(/i.test(text)) guilty.push(file);
    }
    expect(guilty).toEqual([]);
  });

  it('E-6 a contract ends with the last second of its day in its own zone, in nine zones', async () => {
    const zones = RUSSIAN.filter((_, i) => ![2, 5, 8, 10].includes(i));
    expect(zones).toHaveLength(9);
    const work = harness.app.get(UnitOfWork);
    for (const [i, zone] of zones.entries()) {
      const endsOn = `${2031 + i}-12-31`;
      const { vkPage } = await clientIn(zone, { endsOn });
      const inForce = async (ms: number): Promise<boolean> => {
        const at = new Date(endOfDay(endsOn, zone).getTime() + ms);
        const rows = await work.reading(wholeContractor(agency.contractorId), (tx) =>
          tx.query<{ is: boolean }[]>('select contract_in_force($1, $2, $3) as is', [agency.contractorId, vkPage.id, at]),
        );
        return rows[0]!.is;
      };
      const wall = wallTimeOf(new Date(endOfDay(endsOn, zone).getTime() - 1_000), zone);
      expect([zone, wall, await inForce(-1_000), await inForce(0), await inForce(1_000)]).toEqual([
        zone,
        `${endsOn}T23:59:59`,
        true,
        false,
        false,
      ]);
    }
  });

  it('E-7 twenty thousand instants up to the year 9999 read as PostgreSQL reads them, and their wall times lead back', async () => {
    const zones = [...RUSSIAN, ...ABROAD];
    const differences: string[] = [];
    for (const [i, zone] of zones.entries()) {
      // Hours that fall on every date, on 29 February, around 2038 and around every clock change of some years.
      const rows = await harness.sql<{ at: Date; wall: string }>(
        `select at, to_char(at at time zone $1, 'YYYY-MM-DD"T"HH24:MI:SS') as wall from (
           select '2026-01-01T00:00Z'::timestamptz + n * interval '9 hours 17 minutes 13 seconds' + $2 * interval '7 minutes' as at
             from generate_series(0, 700) n
           union all select '2038-01-19T03:14:00Z'::timestamptz + n * interval '1 second' from generate_series(0, 20) n
           union all select make_timestamptz(2028 + 4 * n, 2, 29, 23, 59, 59, 'UTC') from generate_series(0, 10) n
           union all select '2040-01-01T00:00Z'::timestamptz + n * interval '29 days 7 hours 31 minutes' from generate_series(0, 200) n
           union all select make_timestamptz(9999, 12, 30, 12, 0, n, 'UTC') from generate_series(0, 10) n) instants`,
        [zone, i],
      );
      for (const { at, wall } of rows) {
        const back = instantOf(wall, zone);
        // A wall time that comes twice means the first.
        const leadsBack = back.getTime() <= at.getTime() && wallTimeOf(back, zone) === wall;
        if (wallTimeOf(at, zone) !== wall || !leadsBack) differences.push(`${zone} ${at.toISOString()}: ${wall}`);
      }
    }
    expect(differences).toEqual([]);
  });

  it.each(['2027-12-31T23:59:60', '2026-06-30T23:59:60'])(
    'E-7 the leap second %s is refused by name, not rounded to another day',
    async (publishAtLocal) => {
      const post = await anApprovedPost(agency);
      const body = { publishAtLocal, pageIds: [agency.vkPage.id] };
      const { status, body: problem } = await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, body);
      expect([status, problem.fields[0].field]).toEqual([400, 'publishAtLocal']);
    },
  );

  it.each([
    ['2028-02-29T09:00', '2028-02-28T21:00:00.000Z'],
    ['2038-01-19T15:14:08', '2038-01-19T03:14:08.000Z'],
  ])('E-7 %s in Kamchatka is %s', async (publishAtLocal, dueAt) => {
    const post = await anApprovedPost(agency);
    const body = { publishAtLocal, pageIds: [agency.vkPage.id] };
    const { publications } = (await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, body)).body;
    expect(publications[0].dueAt).toBe(dueAt);
  });
});
