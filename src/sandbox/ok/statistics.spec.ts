import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callOk, MovableClock } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';

describe('OK statistics', () => {
  let clock: MovableClock;
  let sandbox: Sandbox;
  let gid: string;

  beforeEach(async () => {
    clock = new MovableClock();
    sandbox = await startSandbox({ clock });
    gid = sandbox.credentials.ok.groupId;
  });
  afterEach(() => sandbox.stop());

  const ms = (text: string): number => Date.parse(text);

  it('shows the counters of a topic in its bean to those who may read it', async () => {
    const topic = sandbox.ok.postByHand(gid, { text: 'Ярмарка' });
    sandbox.ok.numbers.setTopic(topic.id, { views: 300, likes: 12, reshares: 2 });
    const answer = await callOk(sandbox, 'mediatopic.getByIds', { topic_ids: topic.id });
    expect(answer).toMatchObject({
      media_topics: [{ views_count: 300, like_summary: { count: 12 }, reshare_summary: { count: 2 } }],
    });
  });

  it('tells an administrator a topic’s numbers, only those asked for', async () => {
    const topic = sandbox.ok.postByHand(gid, { text: 'Ярмарка' });
    sandbox.ok.numbers.setTopic(topic.id, { reach: 250, renderings: 400 });
    expect(await callOk(sandbox, 'group.getStatTopic', { topic_id: topic.id, fields: 'ID,REACH,RENDERINGS,LIKES' })).toEqual({
      topic: { id: topic.id, reach: 250, renderings: 400, likes: 0 },
    });
    expect(await callOk(sandbox, 'group.getStatTopic', { topic_id: '1' })).toMatchObject({ error_code: 300 });
  });

  it('lists topics of a span of time by pages, hidden ones left out', async () => {
    const days = ['2026-11-20', '2026-11-21', '2026-11-22'];
    const topics = days.map((day) => sandbox.ok.postByHand(gid, { text: day, createdAt: new Date(`${day}T09:00:00Z`) }));
    sandbox.ok.postByHand(gid, { text: 'Скрыто', createdAt: new Date('2026-11-21T10:00:00Z') }).hidden = true;
    const fields = { gid, start_time: ms('2026-11-20T00:00:00Z'), end_time: ms('2026-11-22T23:00:00Z'), count: 2, fields: 'ID' };
    const first = (await callOk(sandbox, 'group.getStatTopics', fields)) as { anchor: string };
    expect(first).toMatchObject({ topics: [{ id: topics[2]!.id }, { id: topics[1]!.id }], has_more: true });
    expect(await callOk(sandbox, 'group.getStatTopics', { ...fields, anchor: first.anchor })).toEqual({
      topics: [{ id: topics[0]!.id }],
      has_more: false,
    });
  });

  it('gives each counter a value a day, and none for a day of which nothing is known', async () => {
    sandbox.ok.numbers.setDay(gid, '2026-11-20', { members_count: 1_000, reach: 400 });
    sandbox.ok.numbers.setDay(gid, '2026-11-22', { members_count: 1_010 });
    const span = { gid, start_time: ms('2026-11-19T21:00:00Z'), end_time: ms('2026-11-22T20:59:59Z') };
    expect(await callOk(sandbox, 'group.getStatTrends', { ...span, fields: 'MEMBERS_COUNT,REACH' })).toEqual({
      members_count: [
        { time: ms('2026-11-19T21:00:00Z'), value: 1_000 },
        { time: ms('2026-11-21T21:00:00Z'), value: 1_010 },
      ],
      reach: [{ time: ms('2026-11-19T21:00:00Z'), value: 400 }],
    });
  });

  it('compares a week with the one before', async () => {
    sandbox.ok.numbers.setDay(gid, '2026-11-20', { reach: 400, engagement: 40 });
    sandbox.ok.numbers.setDay(gid, '2026-11-12', { reach: 100 });
    expect(await callOk(sandbox, 'group.getStatOverview', { gid })).toMatchObject({
      reach: 400,
      reach_prev: 100,
      engagement: 40,
      feedback: 0,
    });
    expect(await callOk(sandbox, 'group.getStatOverview', { gid, period: 'YEAR' })).toMatchObject({ error_code: 100 });
  });

  it('counts members and topics', async () => {
    sandbox.ok.addGroup({ id: '9', name: 'Двор', profile: { members_count: 321 } });
    sandbox.ok.postByHand('9', { text: 'Субботник' });
    expect(await callOk(sandbox, 'group.getCounters', { group_id: '9', counterTypes: 'MEMBERS,THEMES' })).toEqual({
      counters: { members: 321, themes: 1 },
    });
  });

  it('is closed to an application without the permission and to people who are no administrators', async () => {
    const narrow = sandbox.ok.issueToken({ permissions: ['VALUABLE_ACCESS'] }).token;
    expect(await callOk(sandbox, 'group.getStatTrends', { gid }, narrow)).toMatchObject({ error_code: 200 });
    const moderator = sandbox.ok.issueToken({ role: 'MODERATOR' }).token;
    expect(await callOk(sandbox, 'group.getStatTrends', { gid }, moderator)).toMatchObject({ error_code: 10 });
  });

  it('takes numbers at the control address, and refuses a misspelt one', async () => {
    const put = async (path: string, body: object): Promise<Record<string, unknown>> => {
      const response = await fetch(sandbox.controlUrl + path, { method: 'PUT', body: JSON.stringify(body) });
      return (await response.json()) as Record<string, unknown>;
    };
    const { id } = sandbox.ok.postByHand(gid, { text: 'Рукой' });
    expect(await put(`/ok/topics/${id}/numbers`, { reach: 5 })).toEqual({ reach: 5 });
    expect(await put(`/ok/groups/${gid}/days/2026-11-23`, { reach: 9 })).toEqual({ reach: 9 });
    expect(await put(`/ok/groups/${gid}/days/2026-11-23`, { raech: 9 })).toHaveProperty('error');
  });
});
