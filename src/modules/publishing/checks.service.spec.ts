import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { WallPost } from '../../networks/network.js';
import { wallHash } from './check.js';
import { CheckCalls, CheckParts, ChecksService } from './checks.service.js';
import type { Readied } from './publication-reader.service.js';
import { anAttachment, aReadied, IDS, NOW, STILL } from './publishing.spec-support.js';

const PUBLISHED = { state: 'published', externalId: '77', publishedAt: new Date(NOW.getTime() - 2 * 3_600_000) };
const STANDS: WallPost = {
  ...{ externalId: '77', url: 'there', publishedAt: NOW, byPage: true, text: 'День посёлка', photoCount: 0, attachments: [] },
  ...{ videoCount: 0, documentCount: 0, hasPoll: false },
};

interface Situation {
  readonly ready?: Readied | undefined;
  readonly seen?: object;
  readonly recorded?: boolean;
  readonly documents?: number;
  /** Milliseconds until there is a turn. */
  readonly turn?: number;
  readonly edited?: boolean;
}

async function checked(situation: Situation = {}): Promise<Recorder> {
  const told = new Recorder();
  const asked = told.port<{ readPost: unknown }>('network', { readPost: situation.seen ?? { kind: 'done', value: STANDS } });
  const network = { readPost: asked.readPost, limits: { documents: situation.documents ?? 0 } };
  const checks = { record: situation.recorded ?? true, isBeingEdited: situation.edited ?? false };
  const parts = new CheckParts(told.port('checks', checks), told.port('records'), STILL, IDS);
  const ready = 'ready' in situation ? situation.ready : aReadied({ publication: PUBLISHED });
  await new ChecksService(
    told.work,
    told.port('reader', { read: ready }),
    parts,
    new CheckCalls(
      told.port('networks', { get: () => network }),
      told.port('budgets', { turn: situation.turn ?? 0 }),
      told.port('pages'),
    ),
  ).check('agency', 'publication');
  return told;
}

const results = (told: Recorder) => (told.of('checks.record')[0]?.[0] as { result: string } | undefined)?.result;

describe('a check of a published post', () => {
  it('reads it on its page and keeps what stands there, until the next day', async () => {
    const told = await checked();
    expect(told.of('network.readPost')).toEqual([[{ externalId: '300' }, { userToken: 'secret' }, '77']]);
    expect(told.names.indexOf('network.readPost')).toBeLessThan(told.names.indexOf('begin'));
    const of = { contractorId: 'agency', id: 'new id', clientId: 'client', publicationId: 'publication', result: 'same' };
    expect(told.of('checks.record')).toEqual([[{ ...of, text: 'День посёлка', photoCount: 0, sha256: wallHash(STANDS) }, 24]]);
    const what = { id: 'publication', clientId: 'client', drift: 'same' };
    expect(told.of('records.drifted')).toEqual([[{ kind: 'worker', contractorId: 'agency' }, what]]);
  });

  it.each([
    [0.5, 1],
    [23, 24],
    [7 * 24, null],
  ])('of an age of %i hours is repeated in %p hours', async (hours, next) => {
    const publishedAt = new Date(NOW.getTime() - hours * 3_600_000);
    const told = await checked({ ready: aReadied({ publication: { ...PUBLISHED, publishedAt } }) });
    expect(told.of('checks.record')[0]![1]).toBe(next);
  });

  it('tells what was edited and what is gone', async () => {
    const edited = await checked({ seen: { kind: 'done', value: { ...STANDS, text: 'Другое' } } });
    expect(edited.of('records.drifted')[0]![1]).toMatchObject({ drift: 'edited' });
    const gone = await checked({ seen: { kind: 'done', value: undefined } });
    expect(gone.of('checks.record')[0]![0]).toMatchObject({ result: 'deleted', text: null, photoCount: null, sha256: null });
  });

  it('tells nothing that was known', async () => {
    expect((await checked({ recorded: false })).of('records.drifted')).toEqual([]);
  });

  it.each([
    [0, 0, 'same'],
    [0, 1, 'edited'],
    [10, 0, 'edited'],
    [10, 1, 'same'],
  ])('where a network takes %i documents and the page shows %i finds it %s', async (documents, documentCount, result) => {
    const ready = aReadied({ publication: PUBLISHED, attachments: [anAttachment('document', 0)] });
    expect(results(await checked({ ready, documents, seen: { kind: 'done', value: { ...STANDS, documentCount } } }))).toBe(
      result,
    );
  });

  it.each<[string, Situation]>([
    ['the page can’t be read', { seen: { kind: 'refused', reason: { code: 'x', message: 'x' } } }],
    ['there are no secrets', { ready: aReadied({ publication: PUBLISHED, credentials: undefined }) }],
  ])('says nothing when %s, and comes again in a day', async (_, situation) => {
    const told = await checked(situation);
    expect(told.of('checks.putOff')).toEqual([[expect.objectContaining({ id: 'publication' }), 24]]);
    expect([told.of('checks.record'), told.of('records.drifted')]).toEqual([[], []]);
  });

  it('tells the page how it could not be read, and nothing when it was not asked', async () => {
    const loss = { kind: 'refused', reason: { code: 'x', message: 'x' } };
    const [page] = [aReadied().page];
    expect((await checked({ seen: loss })).of('pages.lossSeen')).toEqual([['agency', page, loss]]);
    const ready = aReadied({ publication: PUBLISHED, credentials: undefined });
    expect((await checked({ ready })).of('pages.lossSeen')).toEqual([]);
  });

  it('leaves a page alone that is not connected, for a day', async () => {
    const page = { id: 'page', externalId: '300', status: 'broken' };
    const told = await checked({ ready: aReadied({ publication: PUBLISHED, page: page as Readied['page'] }) });
    expect(told.of('checks.putOff')).toEqual([[expect.objectContaining({ id: 'publication' }), 24]]);
    expect([told.of('budgets.turn'), told.of('network.readPost')]).toEqual([[], []]);
  });

  it('asks nothing without a turn, and leaves when it comes again to the round', async () => {
    const told = await checked({ turn: 1 });
    expect(told.names).toEqual(['reader.read', 'networks.get', 'budgets.turn']);
  });

  it('draws no conclusion while the post is being edited, and comes again in an hour', async () => {
    const told = await checked({ edited: true });
    expect(told.of('checks.isBeingEdited')).toEqual([[expect.objectContaining({ id: 'publication' })]]);
    expect(told.of('checks.putOff')).toEqual([[expect.objectContaining({ id: 'publication' }), 1]]);
    expect([told.of('checks.record'), told.of('records.drifted')]).toEqual([[], []]);
  });

  it.each<[string, Readied | undefined]>([
    ['can’t be read', undefined],
    ['has no page', { ...aReadied({ publication: PUBLISHED }), page: undefined } as unknown as Readied],
    ['is not published', aReadied({ publication: { ...PUBLISHED, state: 'deleted' } })],
    ['has no number', aReadied({ publication: { ...PUBLISHED, externalId: null } })],
    ['has no time', aReadied({ publication: { ...PUBLISHED, publishedAt: null } })],
  ])('leaves alone what %s', async (_, ready) => {
    expect((await checked({ ready })).names).toEqual(['reader.read']);
  });
});
