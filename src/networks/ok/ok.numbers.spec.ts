import { afterEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../platform/clock/clock.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import { ScriptedServer, type ArrivedCall } from '../scripted-server.js';
import { OkNetwork } from './ok.network.js';

const outbound = new Outbound();
const servers: ScriptedServer[] = [];
let calls: readonly ArrivedCall[] = [];

/** OK that always answers this. */
async function okThat(answer: unknown): Promise<OkNetwork> {
  const server = new ScriptedServer(() => answer);
  servers.push(server);
  const host = await server.start();
  ({ calls } = server);
  return new OkNetwork({ apiUrl: `http://${host}/ok`, authUrl: `http://${host}`, uploadHosts: [] }, outbound, new SystemClock());
}
afterEach(async () => {
  await outbound.close();
  for (const server of servers.splice(0)) server.stop();
});

const PAGE = { externalId: '54321' };
const CREDENTIALS = { applicationKey: 'APPKEY', applicationSecretKey: 'appSecret', accessToken: 'tokenSecret' };
const NOON = new Date('2026-12-01T09:00:00Z');
const error = (error_code: number) => ({ error_code, error_msg: '', error_data: null });

const posts = (...ids: string[]) => ids.map((externalId) => ({ pageId: PAGE.externalId, externalId }));

describe('counters of OK topics', () => {
  const topic = {
    id: '5',
    owner_ref: 'group:54321',
    views_count: 120,
    like_summary: { count: 3 },
    reshare_summary: { count: 1 },
    discussion_summary: { comments_count: 0 },
  };

  it.each([[[topic]], [{ media_topics: [topic] }]])('are read of many at once, in both shapes of the answer', async (answer) => {
    const ok = await okThat(answer);
    expect(await ok.readCounters(CREDENTIALS, posts('5', '6'))).toEqual({
      kind: 'done',
      value: [{ pageId: PAGE.externalId, externalId: '5', numbers: { views: 120, likes: 3, comments: 0, reposts: 1 } }],
    });
    expect(calls.map(({ fields }) => [fields['method'], fields['topic_ids']])).toEqual([['mediatopic.getByIds', '5,6']]);
  });

  it('that OK does not tell are absent and not zero, and another group’s are not ours', async () => {
    const ok = await okThat([
      { id: '5', like_summary: {} },
      { ...topic, id: '6', owner_ref: 'group:1' },
    ]);
    expect(await ok.readCounters(CREDENTIALS, posts('5', '6'))).toEqual({
      kind: 'done',
      value: [{ pageId: PAGE.externalId, externalId: '5', numbers: {} }],
    });
  });

  it('of several groups are read in one call', async () => {
    const ok = await okThat([topic, { ...topic, id: '6', owner_ref: 'group:1' }]);
    const read = await ok.readCounters(CREDENTIALS, [...posts('5'), { pageId: '1', externalId: '6' }]);
    if (read.kind !== 'done') throw new Error(read.reason.message);
    expect(read.value.map(({ pageId, externalId }) => [pageId, externalId])).toEqual([
      ['54321', '5'],
      ['1', '6'],
    ]);
    expect(calls.map(({ fields }) => fields['topic_ids'])).toEqual(['5,6']);
  });

  it('are none when no topic is there any more', async () => {
    expect(await (await okThat(error(300))).readCounters(CREDENTIALS, posts('5'))).toEqual({ kind: 'done', value: [] });
  });

  it.each([['x'], [{}], [null]])('are not taken from %j', async (answer) => {
    expect((await (await okThat(answer)).readCounters(CREDENTIALS, posts('5'))).kind).toBe('retryLater');
  });
});

describe('reach of OK topics', () => {
  const asked = (...ids: string[]) =>
    ids.map((externalId, i) => ({ externalId, publishedAt: new Date(NOON.getTime() + i * 60_000) }));
  const counted = { reach: 900, reach_own: 700, link_clicks: 4, hides_from_feed: 2 };
  const numbers = { reach: 900, reachSubscribers: 700, linkClicks: 4, hides: 2 };

  it('is asked of a single one by its number', async () => {
    const ok = await okThat({ topic: counted });
    expect(await ok.readReach(PAGE, CREDENTIALS, asked('5'))).toEqual({ kind: 'done', value: [{ externalId: '5', numbers }] });
    expect(calls[0]?.fields).toMatchObject({ method: 'group.getStatTopic', topic_id: '5' });
  });

  it('is asked of several by the time in which they came out', async () => {
    const ok = await okThat({
      topics: [
        { id: '5', ...counted },
        { id: '9', ...counted },
      ],
    });
    expect(await ok.readReach(PAGE, CREDENTIALS, asked('5', '6'))).toEqual({
      kind: 'done',
      value: [{ externalId: '5', numbers }],
    });
    const { method, gid, start_time, end_time } = calls[0]!.fields;
    expect([method, gid]).toEqual(['group.getStatTopics', '54321']);
    expect(Number(start_time)).toBeLessThan(NOON.getTime());
    expect(Number(end_time)).toBeGreaterThan(NOON.getTime() + 60_000);
  });

  it('is refused to those who are no administrators', async () => {
    const read = await (await okThat(error(50))).readReach(PAGE, CREDENTIALS, asked('5'));
    expect(read).toMatchObject({ reason: { networkCode: '50' } });
    expect(read.kind).not.toBe('done');
  });
});

describe('days of an OK group', () => {
  it('are put together from a list for each number', async () => {
    const [first, second] = [NOON.getTime(), NOON.getTime() + 24 * 3_600_000];
    const ok = await okThat({
      reach: [
        { time: second, value: 60 },
        { time: first, value: 50 },
      ],
      new_members: [{ time: first, value: 2 }],
      left_members: [{ time: first, value: -1 }],
    });
    expect(await ok.readDays(PAGE, CREDENTIALS, NOON, new Date(second))).toEqual({
      kind: 'done',
      value: [
        { day: '2026-12-01', numbers: { reach: 50, joined: 2 } },
        { day: '2026-12-02', numbers: { reach: 60 } },
      ],
    });
    expect(calls[0]?.fields).toMatchObject({
      method: 'group.getStatTrends',
      start_time: String(first),
      end_time: String(second),
    });
  });

  it.each([
    [{ reach: 70 }, [{ reach: 70, endsOn: null }]],
    // A week that ends at midnight in Moscow, and one at midnight UTC: both end on Sunday.
    [{ reach: 70, end_time_ms: Date.parse('2026-12-06T21:00:00Z') }, [{ reach: 70, endsOn: '2026-12-06' }]],
    [{ reach: 70, end_time_ms: Date.parse('2026-12-07T00:00:00Z') }, [{ reach: 70, endsOn: '2026-12-06' }]],
    [{}, []],
  ])('tell the reach of the last week: %j', async (answer, value) => {
    expect(await (await okThat(answer)).readWeeks(PAGE, CREDENTIALS)).toEqual({ kind: 'done', value });
    expect(calls[0]?.fields).toMatchObject({ method: 'group.getStatOverview', period: 'WEEK' });
  });
});
