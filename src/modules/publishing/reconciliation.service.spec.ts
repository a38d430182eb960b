import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { WallPost } from '../../networks/network.js';
import { IDS, NOW, STILL } from './publishing.spec-support.js';
import { ReconciliationService, ReconciliationTools } from './reconciliation.service.js';

const hours = (count: number): Date => new Date(NOW.getTime() + count * 3_600_000);
const post = (externalId: string, publishedAt: Date, changes: Partial<WallPost> = {}): WallPost => ({
  ...{ externalId, url: 'there', publishedAt, byPage: true, text: `Запись ${externalId}`, photoCount: 0, attachments: [] },
  ...{ videoCount: 0, documentCount: 0, hasPoll: false, ...changes },
});

interface Situation {
  readonly page?: object;
  readonly credentials?: object | undefined;
  readonly seen?: WallPost[] | undefined;
  readonly requests?: number;
  readonly outside?: object;
  /** Milliseconds until there is a turn. */
  readonly turn?: number;
}

async function reconciled(situation: Situation = {}): Promise<Recorder> {
  const told = new Recorder();
  const seen = 'seen' in situation ? situation.seen : [post('9', hours(-1))];
  const found = seen ? { kind: 'done', value: { seen, matches: [] } } : { kind: 'refused', reason: { code: 'x', message: 'x' } };
  const network = told.port<object>('network', { find: { ...found, requests: situation.requests } });
  const page = { clientId: 'client', externalId: '300', network: 'vk', status: 'connected', ...situation.page };
  const tools = new ReconciliationTools(
    told.port('pages', { require: page }),
    told.port('connections', { credentialsOf: 'credentials' in situation ? situation.credentials : { userToken: 'secret' } }),
    told.port('networks', { get: () => network }),
    STILL,
    IDS,
  );
  const outside = { hasOpenOutcome: false, recentTexts: [], record: true, ...situation.outside };
  await new ReconciliationService(
    told.work,
    told.port('outside', outside),
    told.port('records'),
    tools,
    told.port('budgets', { pageTurn: situation.turn ?? 0 }),
  ).reconcile('agency', 'page');
  return told;
}

const recorded = (told: Recorder) => told.of('outside.record').map(([, seen]) => (seen as WallPost).externalId);

describe('comparing a page with what we published', () => {
  it('asks for the last day, and no transaction is open meanwhile', async () => {
    const told = await reconciled();
    const [request] = told.of('network.find')[0] as [{ from: Date; to: Date }];
    expect(request).toMatchObject({ page: { externalId: '300' }, credentials: { userToken: 'secret' } });
    expect(request.to.getTime() - request.from.getTime()).toBe(24 * 3_600_000);
    expect(request).toMatchObject({ content: { text: '', photos: [] } });
    const turn = { contractorId: 'agency', network: 'vk', credentials: { userToken: 'secret' } };
    expect(told.of('budgets.pageTurn')).toEqual([[turn, 'find']]);
    expect(Math.abs(request.to.getTime() - NOW.getTime())).toBeLessThanOrEqual(60_000);
    expect(told.names.slice(0, 7)).toEqual([
      ...['begin reading', 'pages.require', 'connections.credentialsOf', 'commit'],
      ...['budgets.pageTurn', 'networks.get', 'network.find'],
    ]);
  });

  it('records what we did not publish, and tells it', async () => {
    const told = await reconciled();
    const where = { contractorId: 'agency', clientId: 'client', pageId: 'page' };
    expect(told.of('outside.record')).toEqual([[{ ...where, id: 'new id' }, expect.objectContaining({ externalId: '9' }), null]]);
    expect(told.of('records.seenOutside')).toEqual([
      [
        { kind: 'worker', contractorId: 'agency' },
        { ...where, outsidePostId: 'new id', duplicate: false },
      ],
    ]);
    expect(told.of('outside.recentTexts')).toEqual([['agency', 'page']]);
  });

  it('tells nothing that was recorded before', async () => {
    expect((await reconciled({ outside: { record: false } })).of('records.seenOutside')).toEqual([]);
  });

  it('keeps the newest one whatever its age, and of the others those of the last day', async () => {
    expect(recorded(await reconciled({ seen: [post('9', hours(-90)), post('8', hours(-91))] }))).toEqual(['9']);
    const mixed = [post('9', hours(-1)), post('8', hours(-23)), post('7', hours(-25))];
    expect(recorded(await reconciled({ seen: mixed }))).toEqual(['9', '8']);
    expect(recorded(await reconciled({ seen: [] }))).toEqual([]);
  });

  it('keeps one of the very beginning of the day', async () => {
    const told = await reconciled();
    const { from } = told.of('network.find')[0]![0] as { from: Date };
    expect(recorded(await reconciled({ seen: [post('9', hours(-1)), post('8', from)] }))).toEqual(['9', '8']);
  });

  it.each<[string, Partial<WallPost>, { id: string; text: string }[], string | null]>([
    ['says the same', { text: ' День\n посёлка' }, [{ id: 'ours', text: 'День посёлка' }], 'ours'],
    ['says something else', { text: 'День города' }, [{ id: 'ours', text: 'День посёлка' }], null],
    ['is a visitor’s', { text: 'День посёлка', byPage: false }, [{ id: 'ours', text: 'День посёлка' }], null],
    ['has no text, like ours', { text: ' ' }, [{ id: 'ours', text: '' }], null],
  ])('takes a post for a double when it %s', async (_, changes, recentTexts, double) => {
    const told = await reconciled({ seen: [post('9', NOW, changes)], outside: { recentTexts } });
    expect(told.of('outside.record')[0]![2]).toBe(double);
    expect(told.of('records.seenOutside')[0]![1]).toMatchObject({ duplicate: double !== null });
  });

  it.each<[string, Situation, string]>([
    ['the page is not connected', { page: { status: 'broken' } }, 'network.find'],
    ['there are no secrets', { credentials: undefined }, 'network.find'],
    ['the page can’t be read', { seen: undefined }, 'outside.record'],
    ['one of ours is unclear: it would be taken for somebody else’s', { outside: { hasOpenOutcome: true } }, 'outside.record'],
  ])('says nothing when %s', async (_, situation, never) => {
    expect((await reconciled(situation)).names).not.toContain(never);
  });

  it('comes again after a minute when one of ours is unclear', async () => {
    const told = await reconciled({ outside: { hasOpenOutcome: true } });
    expect(told.of('outside.putOff')).toEqual([[{ contractorId: 'agency', pageId: 'page' }, 60]]);
  });

  it('comes again when there will be a turn, and asks nobody before', async () => {
    const told = await reconciled({ turn: 1_500 });
    expect(told.of('outside.putOff')).toEqual([[{ contractorId: 'agency', pageId: 'page' }, 1.5]]);
    expect(told.of('network.find')).toEqual([]);
  });

  it('counts the requests that the look took', async () => {
    const secrets = { contractorId: 'agency', network: 'vk', credentials: { userToken: 'secret' } };
    for (const situation of [{}, { seen: undefined }])
      expect((await reconciled({ ...situation, requests: 2 })).of('budgets.made')).toEqual([[secrets, 'find', 2]]);
  });

  it('tells the page how it could not be read', async () => {
    const told = await reconciled({ seen: undefined });
    const loss = { kind: 'refused', reason: { code: 'x', message: 'x' } };
    expect(told.of('pages.lossSeen')).toEqual([['agency', expect.objectContaining({ externalId: '300' }), loss]]);
  });
});
