import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { CAPABILITIES } from '../../networks/network.js';
import { PageNotFound } from '../pages/pages.errors.js';
import { PageRounds, SchedulingParts } from './publishing-parts.service.js';
import { IDS, NOW, refusal, STILL, WHO } from './publishing.spec-support.js';
import { type ScheduleRequest, SchedulingService } from './scheduling.service.js';

const POST = {
  ...{ id: 'post', clientId: 'client', status: 'approved', postVersion: 3, contentHash: 'hash', media: [] },
  variants: [
    { network: 'vk', text: 'День посёлка', link: null, poll: null },
    { network: 'ok', text: 'День посёлка', link: null, poll: null },
  ],
};
const allowed = Object.fromEntries(CAPABILITIES.map((name) => [name, { allowed: true }]));
const PAGES: Readonly<Record<string, object>> = {
  vk: { id: 'vk', clientId: 'client', network: 'vk', status: 'connected', capabilities: allowed },
  ok: { id: 'ok', clientId: 'client', network: 'ok', status: 'connected', capabilities: allowed },
  broken: { id: 'broken', clientId: 'client', network: 'vk', status: 'broken', capabilities: allowed },
  silent: { id: 'silent', clientId: 'client', network: 'tg', status: 'connected', capabilities: allowed },
  foreign: { id: 'foreign', clientId: 'another client', network: 'vk', status: 'connected', capabilities: allowed },
};
const IN_AN_HOUR = new Date(NOW.getTime() + 3_600_000);
const REQUEST: ScheduleRequest = {
  ...{ publishAt: IN_AN_HOUR, pageIds: ['vk', 'ok'], onAmbiguity: 'hold', maxLatenessMinutes: 30, byHand: false },
};

interface Situation {
  readonly post?: object;
  /** What stands there before. */
  readonly before?: readonly object[];
  readonly publications?: object;
  readonly covers?: (contractorId: string, pageId: string, at: Date) => boolean;
  readonly records?: object;
  readonly timeZone?: string;
}

function service(situation: Situation = {}): [SchedulingService, Recorder] {
  const told = new Recorder();
  const find = (_: string, id: string) => Promise.resolve(PAGES[id] ?? Promise.reject(new PageNotFound()));
  const publications = told.port<object>('publications', {
    ...{ ofPost: situation.before ?? [], plan: 'planned', withdraw: 'withdrawn', ...situation.publications },
  });
  const warnings = [{ code: 'day-is-full', pageId: 'vk', message: 'Полно' }];
  const rounds = new PageRounds(told.port('capacity', { settleIn: warnings }), told.port('outside'));
  const parts = new SchedulingParts(
    told.port('posts', { require: { ...POST, ...situation.post } }),
    told.port('pages', { require: find }),
    told.port('contracts', { coversAt: situation.covers ?? true }),
    told.port('clients', { require: { timeZone: situation.timeZone ?? 'Asia/Kamchatka' } }),
    rounds,
  );
  const asked = told.port<Record<string, (...of: unknown[]) => unknown>>('records', { ...situation.records });
  const records = {
    publications,
    record: (...of: unknown[]) => asked['record']!(...of),
    moved: (...of: unknown[]) => asked['moved']!(...of),
    scheduled: (...of: unknown[]) => asked['scheduled']!(...of),
    require: (...of: unknown[]) => asked['require']!(...of),
  };
  return [new SchedulingService(told.work, parts, records as never, STILL, IDS), told];
}

const scheduled = async (situation?: Situation, request: Partial<ScheduleRequest> = {}) => {
  const [scheduling, told] = service(situation);
  const answer = await scheduling.schedule(WHO, 'post', { ...REQUEST, ...request });
  return { answer, told };
};
const refused = (situation?: Situation, request: Partial<ScheduleRequest> = {}) => refusal(() => scheduled(situation, request));
const fieldsOf = ({ details }: { details: Record<string, unknown> }) =>
  (details['fields'] as { field: string }[]).map(({ field }) => field);

describe('scheduling', () => {
  it('plans each page in the approved content, for the instant that the client’s wall shows', async () => {
    const { told, answer } = await scheduled();
    const marker = createHash('sha256').update('publication new id').digest('hex').slice(0, 32);
    const plan = (id: string) => ({
      ...{ contractorId: 'agency', id: 'new id', clientId: 'client', postId: 'post', pageId: id, network: id },
      ...{ dueAt: IN_AN_HOUR, plannedLocal: '2026-12-01T22:00:00', timeZone: 'Asia/Kamchatka', state: 'scheduled', reason: null },
      ...{ postVersion: 3, contentHash: 'hash', scheduledBy: 'member', marker, onAmbiguity: 'hold', maxLatenessMinutes: 30 },
    });
    expect(told.of('publications.plan')).toEqual([[plan('vk')], [plan('ok')]]);
    expect(told.of('outside.enrol')).toEqual(
      ['vk', 'ok'].map((pageId) => [{ contractorId: 'agency', clientId: 'client', pageId }]),
    );
    const details = { dueAt: IN_AN_HOUR, timeZone: 'Asia/Kamchatka', postVersion: 3, onAmbiguity: 'hold' };
    expect(told.of('records.record')).toEqual(
      ['vk', 'ok'].map(() => [WHO, { id: 'planned', clientId: 'client', state: 'scheduled' }, details]),
    );
    expect(told.of('records.scheduled')).toMatchObject([[WHO, { id: 'post', clientId: 'client' }]]);
    expect(told.names[0]).toBe('begin');
    expect(told.names.filter((name) => name === 'begin')).toHaveLength(1);
    expect(answer.warnings).toEqual([{ code: 'day-is-full', pageId: 'vk', message: 'Полно' }]);
  });

  it('takes a time of the client’s own wall', async () => {
    const { told } = await scheduled({}, { publishAt: undefined, publishAtLocal: '2026-12-02T09:00' } as never);
    expect(told.of('publications.plan')[0]![0]).toMatchObject({
      ...{ dueAt: new Date('2026-12-01T21:00:00Z'), plannedLocal: '2026-12-02T09:00:00' },
    });
  });

  it('settles in only what was planned now', async () => {
    const before = [
      { id: 'a', pageId: 'vk', clientId: 'client', state: 'published' },
      { id: 'b', pageId: 'old', clientId: 'client', state: 'withdrawn' },
    ];
    const { told, answer } = await scheduled({ before });
    expect(told.of('capacity.settleIn')).toEqual([[[before[0]]]]);
    expect(answer.publications).toEqual(before);
  });

  it.each([
    ['scheduled', 1],
    ['byHand', 1],
    ['published', 0],
    ['sending', 0],
    ['held', 0],
  ])('takes back a page that is not named any more while it is %s', async (state, times) => {
    const before = [
      { id: 'a', pageId: 'old', clientId: 'client', state },
      { id: 'b', pageId: 'vk', clientId: 'client', state: 'scheduled' },
    ];
    const { told } = await scheduled({ before });
    expect(told.of('publications.withdraw')).toEqual(Array.from({ length: times }, () => ['agency', 'a']));
  });

  it('by hand is for pages that the machine can’t serve', async () => {
    const { told } = await scheduled({}, { byHand: true, pageIds: ['broken', 'vk'] });
    expect(told.of('publications.plan').map(([plan]) => plan)).toMatchObject([
      { state: 'byHand', reason: { code: 'by-hand', message: expect.stringMatching(/не подключена/) } },
      { state: 'scheduled', reason: null },
    ]);
    expect(told.of('records.record')[0]![1]).toMatchObject({ state: 'byHand' });
  });
});

describe('a schedule is refused', () => {
  it.each<[string, Partial<ScheduleRequest>, string]>([
    ['without a time', { publishAt: undefined } as never, 'publishAt'],
    ['with two times', { publishAtLocal: '2026-12-02T09:00' }, 'publishAt'],
    ['for more than five minutes ago', { publishAt: new Date(NOW.getTime() - 300_001) }, 'publishAt'],
    ['for a local time in the past', { publishAt: undefined, publishAtLocal: '2026-12-01T20:00' } as never, 'publishAtLocal'],
  ])('%s', async (_, request, field) => {
    const error = await refused({}, request);
    expect([error.code, fieldsOf(error)]).toEqual(['http.request-invalid', [field]]);
  });

  it('not for five minutes ago: people press “now”', async () => {
    const { told } = await scheduled({}, { publishAt: new Date(NOW.getTime() - 300_000) });
    expect(told.of('publications.plan')).toHaveLength(2);
  });

  it('for a post that is not approved', async () => {
    expect((await refused({ post: { status: 'draft' } })).code).toBe('content.post-not-approved');
  });

  it.each<[string, string[], string]>([
    ['pages that nobody has, or that are another client’s', ['vk', 'nobody’s', 'foreign'], 'publishing.pages-unknown'],
    ['pages that can’t take it', ['vk', 'broken', 'silent'], 'publishing.page-unsuitable'],
  ])('naming %s', async (_, pageIds, code) => {
    const error = await refused({}, { pageIds });
    expect([error.code, fieldsOf(error)]).toEqual([code, ['pageIds.1', 'pageIds.2']]);
  });

  it('also by hand where the post says nothing for the network', async () => {
    const error = await refused({}, { byHand: true, pageIds: ['silent'] });
    expect(error.code).toBe('publishing.page-unsuitable');
  });

  it('naming the pages that no contract covers then', async () => {
    const error = await refused({ covers: (_, pageId, at) => pageId === 'vk' && at === IN_AN_HOUR });
    expect([error.code, fieldsOf(error)]).toEqual(['publishing.no-contract', ['pageIds.1']]);
  });

  it('when one of the pages has it already, and nothing stays', async () => {
    let times = 0;
    const [scheduling, told] = service({ publications: { plan: () => ((times += 1) === 1 ? 'planned' : undefined) } });
    const error = await refusal(() => scheduling.schedule(WHO, 'post', REQUEST));
    expect([error.code, fieldsOf(error), told.names.at(-1)]).toEqual(['publishing.already-sent', ['pageIds.1'], 'rollback']);
  });

  it('when an error is none of ours', async () => {
    const broken = service();
    const parts = { findPage: () => Promise.reject(new Error('connection lost')) };
    const whole = (broken[0] as unknown as { parts: object }).parts;
    Object.assign(whole, parts);
    await expect(broken[0].schedule(WHO, 'post', REQUEST)).rejects.toThrow('connection lost');
  });
});

describe('withdrawing', () => {
  const publication = (id: string) => ({ id, clientId: 'client', pageId: id, state: 'scheduled' });

  it('says at once what was not sent, and keeps the wish for what was', async () => {
    const withdraw = (_: string, id: string) => (id === 'a' ? 'withdrawn' : id === 'b' ? 'sending' : undefined);
    const before = ['a', 'b', 'c'].map(publication);
    const [scheduling, told] = service({ before, publications: { withdraw } });
    expect(await scheduling.withdrawAll(WHO, 'post')).toEqual(before);
    expect(told.of('records.moved')).toEqual([[WHO, { id: 'a', clientId: 'client', state: 'withdrawn' }, {}]]);
    expect(told.of('records.record')).toEqual([
      [WHO, { id: 'b', clientId: 'client', state: 'withdrawalRequested' }, { while: 'sending' }],
    ]);
    expect(told.of('posts.require')).toEqual([['agency', 'post']]);
  });

  it('is refused where nothing is planned, and where nothing can be taken back', async () => {
    expect((await refusal(() => service()[0].withdrawAll(WHO, 'post'))).code).toBe('publishing.not-scheduled');
    const [late] = service({ before: [publication('a')], publications: { withdraw: undefined } });
    expect((await refusal(() => late.withdrawAll(WHO, 'post'))).code).toBe('publishing.nothing-to-withdraw');
  });

  it('works for one publication alone', async () => {
    const [scheduling, told] = service({ records: { require: publication('a') } });
    expect(await scheduling.withdraw(WHO, 'a')).toEqual(publication('a'));
    expect(told.of('publications.withdraw')).toEqual([['agency', 'a']]);
    const [late] = service({ records: { require: publication('a') }, publications: { withdraw: undefined } });
    expect((await refusal(() => late.withdraw(WHO, 'a'))).code).toBe('publishing.nothing-to-withdraw');
  });
});
