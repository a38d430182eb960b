import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { holdReason } from './hold-reasons.js';
import { PageStandingService } from './page-standing.service.js';

const ALLOWED = { publishText: { allowed: true } };
const LOST = { publishText: { allowed: false, reason: 'Нет права писать на стене' } };
const PAGE = { id: 'page', network: 'vk', status: 'connected', statusReason: null, capabilities: ALLOWED };
const POST = { variants: [{ network: 'vk', text: 'День посёлка', link: null, poll: null }], media: [] };
const KEY = { contractorId: 'agency', pageId: 'page' };
const planned = (id: string, state: string) => ({ id, clientId: 'client', postId: `post ${id}`, postVersion: 2, state });
const moved = (id: string, state: string) => [
  { kind: 'worker', contractorId: 'agency' },
  { id, clientId: 'client', state },
  { because: 'page' },
];
const TOO_LATE = holdReason('too-late');

interface Situation {
  readonly page?: object;
  readonly rows?: object;
}

function service({ page, rows }: Situation = {}): [PageStandingService, Recorder] {
  const told = new Recorder();
  const answers = { planned: [], rearm: [], hold: true, rearmOne: 'scheduled', ...rows };
  const standing = new PageStandingService(
    told.work,
    told.port('rows', answers),
    told.port('records'),
    told.port('pages', { require: { ...PAGE, ...page } }),
    told.port('posts', { requireVersion: POST }),
  );
  return [standing, told];
}

async function after(what: 'stopped' | 'connected' | 'capabilitiesChanged', situation?: Situation): Promise<Recorder> {
  const [standing, told] = service(situation);
  await standing[what]('agency', 'page');
  return told;
}

describe('a page that is stopped', () => {
  it('holds everything that is planned, and tells each', async () => {
    const held = ['a', 'b'].map((id) => ({ id, clientId: 'client', state: 'held' }));
    const told = await after('stopped', { page: { status: 'disconnected' }, rows: { holdPlanned: held } });
    expect(told.names).toEqual([...['begin', 'pages.require', 'rows.holdPlanned', 'records.moved', 'records.moved', 'commit']]);
    expect(told.of('pages.require')).toEqual([['agency', 'page']]);
    expect(told.of('rows.holdPlanned')).toEqual([[KEY, holdReason('page-not-connected')]]);
    expect(told.of('records.moved')).toEqual([moved('a', 'held'), moved('b', 'held')]);
  });

  it('says in the network’s words why, if the network said so', async () => {
    const statusReason = { code: 'token-revoked', message: 'Доступ отозван', networkCode: 5 };
    const told = await after('stopped', { page: { status: 'broken', statusReason }, rows: { holdPlanned: [] } });
    const { code, message } = holdReason('page-not-connected');
    expect(told.of('rows.holdPlanned')).toEqual([[KEY, { code, message: `${message}. Доступ отозван`, networkCode: 5 }]]);
  });

  it('and is connected again by now changes nothing', async () => {
    expect((await after('stopped')).names).toEqual(['begin', 'pages.require', 'commit']);
  });
});

describe('a page that is connected again', () => {
  it('ends its pause, takes back what was withdrawn, goes on with what was held, and tells each', async () => {
    const rearm = [
      { id: 'a', clientId: 'client', state: 'scheduled' },
      { id: 'b', clientId: 'client', state: 'held' },
    ];
    const told = await after('connected', { rows: { rearm } });
    expect(told.calls).toEqual([
      ['begin', 'agency'],
      ['pages.require', 'agency', 'page'],
      ['rows.unpark', KEY],
      ['rows.deleteNow', KEY],
      ['rows.rearm', KEY, TOO_LATE],
      ['records.moved', ...moved('a', 'scheduled')],
      ['records.moved', ...moved('b', 'held')],
      ['rows.planned', KEY],
      ['commit'],
    ]);
  });

  it('holds what its new secrets don’t allow', async () => {
    const told = await after('connected', { page: { capabilities: LOST }, rows: { planned: [planned('a', 'scheduled')] } });
    expect(told.of('records.moved')).toEqual([moved('a', 'held')]);
  });

  it('and is stopped again by now changes nothing', async () => {
    expect((await after('connected', { page: { status: 'broken' } })).names).toEqual(['begin', 'pages.require', 'commit']);
  });
});

describe('a page whose secrets allow other things', () => {
  it('holds what is planned and not allowed any more, with the reason', async () => {
    const rows = { planned: [planned('a', 'scheduled')] };
    const told = await after('capabilitiesChanged', { page: { capabilities: LOST }, rows });
    const { code, message } = holdReason('capability-lost');
    expect(told.calls).toEqual([
      ['begin', 'agency'],
      ['pages.require', 'agency', 'page'],
      ['rows.planned', KEY],
      ['posts.requireVersion', 'agency', 'post a', 2],
      ['rows.hold', 'agency', 'a', { code, message: `${message}. Нет права писать на стене` }],
      ['records.moved', ...moved('a', 'held')],
      ['commit'],
    ]);
  });

  it.each(['scheduled', 'held'])('goes on with what was held for them, and tells that it is %s now', async (rearmOne) => {
    const told = await after('capabilitiesChanged', { rows: { planned: [planned('a', 'held')], rearmOne } });
    expect(told.of('rows.rearmOne')).toEqual([['agency', 'a', TOO_LATE]]);
    expect(told.of('records.moved')).toEqual([moved('a', rearmOne)]);
  });

  it.each([
    ['planned and allowed', ALLOWED, 'scheduled'],
    ['held and not allowed yet', LOST, 'held'],
  ])('leaves alone what is %s', async (_, capabilities, state) => {
    const told = await after('capabilitiesChanged', { page: { capabilities }, rows: { planned: [planned('a', state)] } });
    expect([told.of('rows.hold'), told.of('rows.rearmOne'), told.of('records.moved')]).toEqual([[], [], []]);
  });

  it.each([
    ['scheduled', LOST, { hold: false }],
    ['held', ALLOWED, { rearmOne: undefined }],
  ])('tells nothing of what was %s and moved meanwhile', async (state, capabilities, answers) => {
    const rows = { planned: [planned('a', state)], ...answers };
    expect((await after('capabilitiesChanged', { page: { capabilities }, rows })).of('records.moved')).toEqual([]);
  });

  it('and is not connected changes nothing', async () => {
    const told = await after('capabilitiesChanged', {
      page: { status: 'broken' },
      rows: { planned: [planned('a', 'scheduled')] },
    });
    expect(told.names).toEqual(['begin', 'pages.require', 'commit']);
  });
});
