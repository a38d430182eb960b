import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { CallOutcome, FindOutcome, FindResult, WallPost } from '../../networks/network.js';
import { holdReason } from './hold-reasons.js';
import type { Readied } from './publication-reader.service.js';
import { ResolutionService, ResolutionTools } from './resolution.service.js';
import { aReadied, anAttachment, NOW } from './publishing.spec-support.js';

const BEGUN = { contractorId: 'agency', id: 'publication', fence: 3, looks: 0 };
const OPEN = { withdrawn: false, counts: true, tooLong: false };
const WORKER = { kind: 'worker', contractorId: 'agency' };
const later = { kind: 'retryLater', reason: { code: 'rate-limited', message: 'Позже' }, afterMs: 5_000 } as const;

const post = (externalId: string, publishedAt = NOW): WallPost => ({
  ...{ externalId, url: `there/${externalId}`, publishedAt, byPage: true, text: '', photoCount: 0, attachments: [] },
  ...{ videoCount: 0, documentCount: 0, hasPoll: false },
});
const shown = (seen: WallPost[], matches: WallPost[] = []): CallOutcome<FindResult> => ({
  kind: 'done',
  value: { seen, matches },
});
const minutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000);
/** Our newest post on the page, and a wall that shows it. */
const KNOWN = { externalId: '70', publishedAt: minutes(-60) };
const FRESH = shown([post('70', minutes(-60))]);

interface Situation {
  readonly ready?: Readied | undefined;
  readonly looks?: number;
  readonly outcome?: FindOutcome;
  readonly open?: object | undefined;
  readonly rows?: object;
  readonly turn?: number;
}

async function looked(situation: Situation = {}): Promise<Recorder> {
  const told = new Recorder();
  const { outcome = FRESH, looks = 0, turn = 0 } = situation;
  const open = 'open' in situation ? situation.open && { ...OPEN, ...situation.open } : OPEN;
  const ready = 'ready' in situation ? situation.ready : aReadied({ publication: { state: 'unclear' } });
  const rows = {
    ...{ due: { ...BEGUN, looks }, lockUnclear: open, owned: [], newestKnown: KNOWN, conclude: true, adopt: true },
    ...{ markerIsFresh: true, ...situation.rows },
  };
  const network = told.port<object>('network', { find: outcome });
  await new ResolutionService(
    told.work,
    told.port('reader', { read: ready }),
    told.port('rows', rows),
    told.port('records'),
    new ResolutionTools(told.port('networks', { get: () => network }), told.port('budgets', { turn }), told.port('pages'), {
      next: () => 'new id',
      secret: () => 'new secret',
    }),
  ).resolve('agency', 'publication');
  return told;
}

const concluded = (told: Recorder): unknown => told.of('rows.conclude')[0]?.[1];
const result = (told: Recorder): unknown => (told.of('rows.recordLook')[0]?.[0] as { result: string } | undefined)?.result;
const vk = (changes: object): Readied => aReadied({ publication: { state: 'unclear', ...changes } });

describe('looking for a post whose outcome is unclear', () => {
  it('asks the page for it, from a minute before it was sent and without an end, and no transaction is open meanwhile', async () => {
    const told = await looked({ ready: vk({ firstSentAt: minutes(2) }) });
    expect(told.of('network.find')).toEqual([
      [
        {
          ...{ page: { externalId: '300' }, credentials: { userToken: 'secret' }, content: { text: 'День посёлка', photos: [] } },
          ...{ from: minutes(1), to: new Date(8_640_000_000_000_000) },
        },
      ],
    ]);
    expect(told.of('budgets.turn')).toEqual([[expect.anything(), 'find']]);
    const before = told.names.slice(0, told.names.indexOf('network.find'));
    expect(before.filter((name) => name === 'begin').length).toBe(0);
    expect(before.filter((name) => name === 'begin reading').length).toBe(before.filter((name) => name === 'commit').length);
    expect(told.calls.filter(([name]) => String(name).startsWith('begin')).map(([, of]) => of)).toEqual(['agency', 'agency']);
    expect(told.of('rows.due')).toEqual([[{ contractorId: 'agency', id: 'publication' }]]);
  });

  it('counts the requests that it took', async () => {
    const secrets = { contractorId: 'agency', network: 'vk', credentials: { userToken: 'secret' } };
    for (const outcome of [shown([]), later])
      expect((await looked({ outcome: { ...outcome, requests: 2 } })).of('budgets.made')).toEqual([[secrets, 'find', 2]]);
  });

  it('begins at the planned time when it is not known when it was sent', async () => {
    const [request] = (await looked()).of('network.find')[0] as [{ from: Date }];
    expect(request.from).toEqual(minutes(-1));
  });

  it.each<[string, Situation, string]>([
    ['no look is due', { rows: { due: undefined } }, 'reader.read'],
    ['it can’t be read any more', { ready: undefined }, 'budgets.turn'],
    ['there is no turn', { turn: 1 }, 'network.find'],
    ['somebody settled it meanwhile', { open: undefined }, 'rows.recordLook'],
  ])('stops when %s', async (_, situation, never) => {
    const told = await looked(situation);
    expect(told.names).not.toContain(never);
    expect([told.of('rows.conclude'), told.of('rows.lookAgain'), told.of('records.moved')]).toEqual([[], [], []]);
  });

  it('is put down with what was seen', async () => {
    const told = await looked({ outcome: shown([post('70'), post('71')], [post('71')]) });
    const of = { contractorId: 'agency', id: 'new id', clientId: 'client', publicationId: 'publication' };
    expect(told.of('rows.recordLook')).toEqual([
      [{ ...of, result: 'found', seen: 2, matches: [{ externalId: '71', url: 'there/71' }], reason: null }],
    ]);
  });
});

describe('what is found', () => {
  it('is adopted and told', async () => {
    const told = await looked({ outcome: shown([post('71')], [post('71')]) });
    expect(told.of('rows.adopt')).toEqual([[expect.objectContaining({ id: 'publication' }), '71', 'there/71']]);
    const what = { id: 'publication', clientId: 'client', state: 'published' };
    expect(told.of('records.moved')).toEqual([[WORKER, what, { found: true }]]);
  });

  it('is news also when the look came too soon', async () => {
    const told = await looked({ outcome: shown([post('71')], [post('71')]), open: { counts: false } });
    expect(told.of('rows.adopt')).toHaveLength(1);
  });

  it('is not told when somebody else settled it', async () => {
    const told = await looked({ outcome: shown([post('71')], [post('71')]), rows: { adopt: false } });
    expect(told.of('records.moved')).toEqual([]);
  });

  it('is not ours when it is another publication of ours', async () => {
    const told = await looked({ outcome: shown([post('70'), post('71')], [post('71')]), rows: { owned: ['71'] } });
    expect(told.of('rows.owned')).toEqual([['agency', 'page', ['71']]]);
    expect([result(told), told.of('rows.adopt')]).toEqual(['absent', []]);
  });

  it('several times is for a person', async () => {
    const told = await looked({ outcome: shown([], [post('71'), post('72')]) });
    expect(result(told)).toBe('several');
    expect(concluded(told)).toEqual({ state: 'held', reason: holdReason('found-several'), inDoubt: true, byMarker: false });
  });
});

describe('what is not found', () => {
  it('is looked for once more in a minute', async () => {
    const told = await looked();
    expect(result(told)).toBe('absent');
    expect(told.of('rows.lookAgain')).toEqual([[expect.anything(), 60, true]]);
    expect(concluded(told)).toBeUndefined();
  });

  it('twice is sent again by VK’s marker', async () => {
    const told = await looked({ looks: 1 });
    expect(told.of('rows.lookAgain')).toEqual([]);
    expect(concluded(told)).toEqual({ state: 'scheduled', reason: holdReason('absent'), inDoubt: false, byMarker: true });
    const what = { id: 'publication', clientId: 'client', state: 'scheduled' };
    expect(told.of('records.moved')).toEqual([[WORKER, what, { code: 'absent' }]]);
  });

  it.each<[string, Situation, object]>([
    ['whose marker VK has forgotten', { rows: { markerIsFresh: false } }, { state: 'held', byMarker: false }],
    ['on OK', { ready: vk({ network: 'ok' }) }, { state: 'held', byMarker: false }],
    ['on OK, to be sent again', { ready: vk({ network: 'ok', onAmbiguity: 'resend' }) }, { state: 'scheduled', byMarker: false }],
    ['on VK, to be sent again', { ready: vk({ onAmbiguity: 'resend' }) }, { state: 'scheduled', byMarker: false }],
    ['and is wanted back', { open: { withdrawn: true } }, { state: 'withdrawn', byMarker: false }],
  ])('twice, %s', async (_, situation, conclusion) => {
    const told = await looked({ looks: 1, ...situation });
    expect(concluded(told)).toEqual({ reason: holdReason('absent'), inDoubt: false, ...conclusion });
  });

  it('says nothing when the look was not its turn', async () => {
    const told = await looked({ looks: 1, open: { counts: false } });
    expect([told.of('rows.recordLook'), concluded(told), told.of('rows.lookAgain')]).toEqual([[], undefined, []]);
  });

  it('is not told when somebody else settled it', async () => {
    expect((await looked({ looks: 1, rows: { conclude: false } })).of('records.moved')).toEqual([]);
  });
});

describe('the positive control', () => {
  it.each<[string, CallOutcome<FindResult>, object, string]>([
    ['our newest post is there', shown([post('70', minutes(-60))]), {}, 'absent'],
    ['it is, and the network says it is older than we thought', shown([post('70', minutes(-61))]), {}, 'absent'],
    ['somebody’s newer one is', shown([post('71', minutes(-59))]), {}, 'absent'],
    ['one of the same instant is', shown([post('71', minutes(-60))]), {}, 'absent'],
    ['only older ones are', shown([post('69', minutes(-61))]), {}, 'noControl'],
    ['nothing is', shown([]), {}, 'noControl'],
    [
      'we know of none, and one came after the send had settled',
      shown([post('71', minutes(3))]),
      { newestKnown: undefined },
      'absent',
    ],
    ['we know of none, and all are older', shown([post('71', minutes(2))]), { newestKnown: undefined }, 'noControl'],
  ])('when %s', async (_, outcome, rows, told) => {
    expect(result(await looked({ ready: vk({ settlesAt: minutes(3) }), outcome, rows }))).toBe(told);
  });

  it('is none where we know neither a post nor when it settled', async () => {
    const told = await looked({ outcome: shown([post('71')]), rows: { newestKnown: undefined } });
    expect(result(told)).toBe('noControl');
  });

  it('that is missing makes us look again without counting, until it has been too long', async () => {
    const told = await looked({ looks: 1, outcome: shown([]) });
    expect(told.of('rows.lookAgain')).toEqual([[expect.anything(), 60, false]]);
    const end = await looked({ looks: 1, outcome: shown([]), open: { tooLong: true } });
    expect(concluded(end)).toEqual({ state: 'held', reason: holdReason('no-control'), inDoubt: true, byMarker: false });
  });

  it('that is there says what it says, however long it took', async () => {
    const told = await looked({ looks: 1, open: { tooLong: true } });
    expect(concluded(told)).toEqual({ state: 'scheduled', reason: holdReason('absent'), inDoubt: false, byMarker: true });
  });
});

describe('a look that fails', () => {
  it('is made again when the network says so, and does not count', async () => {
    const told = await looked({ outcome: later });
    expect(told.of('rows.lookAgain')).toEqual([[expect.objectContaining({ id: 'publication' }), 5, false]]);
    expect(told.of('rows.recordLook')).toEqual([]);
  });

  it.each<[string, object, unknown]>([
    ['when it has been too long', { tooLong: true }, { state: 'held', reason: later.reason, inDoubt: true, byMarker: false }],
    ['but concludes nothing out of its turn', { counts: false }, undefined],
  ])('“later” is no answer for ever: %s', async (_, open, conclusion) => {
    const told = await looked({ outcome: later, open });
    expect([told.of('rows.lookAgain'), concluded(told)]).toEqual([[], conclusion]);
  });

  it('for good is for a person, with the network’s reason', async () => {
    const reason = { code: 'access-denied', message: 'Нельзя' };
    const told = await looked({ outcome: { kind: 'refused', reason } });
    expect(told.of('rows.recordLook')[0]![0]).toMatchObject({ result: 'failed', seen: 0, matches: [], reason });
    expect(concluded(told)).toEqual({ state: 'held', reason, inDoubt: true, byMarker: false });
  });

  it.each([
    ['secrets', aReadied({ credentials: undefined })],
    ['its photo', aReadied({ attachments: [anAttachment('photo', 0)] })],
  ])('is not even made without %s', async (_, ready) => {
    const told = await looked({ ready });
    expect(told.names).not.toContain('network.find');
    expect(told.of('rows.recordLook')[0]![0]).toMatchObject({ result: 'failed', reason: holdReason('cannot-look') });
    expect(concluded(told)).toMatchObject({ state: 'held', reason: holdReason('cannot-look') });
  });
});
