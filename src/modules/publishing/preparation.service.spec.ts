import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { CallOutcome } from '../../networks/network.js';
import { uploadTimeoutMs } from '../../networks/wire.js';
import { PreparationService, PreparationTools } from './preparation.service.js';
import type { Readied } from './publication-reader.service.js';
import { aReadied, anAttachment, NOW } from './publishing.spec-support.js';

const OF = { contractorId: 'agency', clientId: 'client', publicationId: 'publication' };
const KEY = { contractorId: 'agency', publicationId: 'publication' };
const reason = (code: string) => ({ code, message: 'Причина' });

interface Situation {
  readonly ready?: Readied | undefined;
  readonly upload?: CallOutcome<string>;
  readonly turn?: number;
  readonly postponed?: boolean;
}

async function prepared(situation: Situation = {}): Promise<Recorder> {
  const told = new Recorder();
  const ready = 'ready' in situation ? situation.ready : aReadied({ attachments: [anAttachment('photo', 0)] });
  const tools = new PreparationTools(
    told.port('uploader', { upload: situation.upload ?? { kind: 'done', value: 'photo1_1' } }),
    told.port('pages'),
    told.port('budgets', { turn: situation.turn ?? 0, open: 'budget' }),
  );
  const uploads = told.port<never>('uploads', { postpone: situation.postponed ?? true });
  const service = new PreparationService(told.work, told.port('reader', { read: ready }), uploads, told.port('records'), tools);
  await service.prepare('agency', 'publication');
  return told;
}

describe('preparing', () => {
  it('uploads what is missing, in order, notes each at once, and opens the budget that sending will draw on', async () => {
    const attachments = [anAttachment('photo', 0, 'photo1_0'), anAttachment('photo', 1), anAttachment('photo', 2)];
    const told = await prepared({ ready: aReadied({ attachments }) });
    expect(told.names).toEqual([
      ...['reader.read', 'budgets.turn', 'uploader.upload', 'begin', 'uploads.put', 'commit'],
      ...['budgets.turn', 'uploader.upload', 'begin', 'uploads.put', 'commit'],
      ...['begin', 'budgets.open', 'uploads.markPrepared', 'commit'],
    ]);
    expect(told.of('budgets.turn').map(([, call]) => call)).toEqual(['uploadPhoto', 'uploadPhoto']);
    expect(told.of('uploader.upload').map(([, credentials, one]) => [credentials, one])).toEqual([
      [{ userToken: 'secret' }, attachments[1]],
      [{ userToken: 'secret' }, attachments[2]],
    ]);
    expect(told.of('uploads.put')).toEqual([
      [OF, { position: 1, mediaSha256: 'photo 1', attachment: 'photo1_1' }],
      [OF, { position: 2, mediaSha256: 'photo 2', attachment: 'photo1_1' }],
    ]);
    expect(told.of('uploads.markPrepared')).toEqual([[KEY, 'budget']]);
    expect(told.calls.filter(([name]) => name === 'begin').map(([, of]) => of)).toEqual(['agency', 'agency', 'agency']);
  });

  it.each(['video', 'document'] as const)('keeps a %s from being uploaded twice while it is on its way', async (kind) => {
    const told = await prepared({ ready: aReadied({ attachments: [anAttachment(kind, 0)] }) });
    expect(told.of('uploads.waitForTurn')).toEqual([[KEY, uploadTimeoutMs(4_096) / 1_000]]);
    expect(told.names.indexOf('uploads.waitForTurn')).toBeLessThan(told.names.indexOf('uploader.upload'));
    expect(told.names).toContain('uploads.markPrepared');
  });

  it('does not keep a photo waiting', async () => {
    expect((await prepared()).of('uploads.waitForTurn')).toEqual([]);
  });

  it('waits for its turn when there is none', async () => {
    const told = await prepared({ turn: 2_500 });
    expect(told.of('uploads.waitForTurn')).toEqual([[KEY, 2.5]]);
    expect([told.names.includes('uploader.upload'), told.names.includes('uploads.markPrepared')]).toEqual([false, false]);
  });

  it.each([
    ['is prepared already', { preparedAt: NOW }],
    ['waits for nothing any more', { state: 'withdrawn' }],
  ])('leaves alone what %s', async (_, publication) => {
    const told = await prepared({ ready: aReadied({ publication, attachments: [anAttachment('photo', 0)] }) });
    expect(told.names).toEqual(['reader.read']);
  });

  it('calls prepared what the claim will hold anyway: without secrets, or not to be read', async () => {
    const without = await prepared({ ready: aReadied({ credentials: undefined, attachments: [anAttachment('photo', 0)] }) });
    expect([without.of('uploader.upload'), without.of('uploads.markPrepared')]).toEqual([[], [[KEY, 'budget']]]);
    const unread = await prepared({ ready: undefined });
    expect(unread.names).toEqual(['reader.read', 'begin', 'uploads.markPrepared', 'commit']);
    expect(unread.of('uploads.markPrepared')).toEqual([[KEY, null]]);
  });
});

describe('an upload that brings nothing', () => {
  it('is tried again when the network says “later”; a quota stops the page', async () => {
    const told = await prepared({ upload: { kind: 'retryLater', reason: reason('rate-limited'), afterMs: 3_000 } });
    expect(told.of('uploads.postpone')).toEqual([
      [OF, { state: 'scheduled', reason: reason('rate-limited'), againInSeconds: 3 }],
    ]);
    expect(told.of('budgets.park')).toEqual([[expect.anything(), { seconds: 3, reason: reason('rate-limited') }]]);
    expect([told.of('records.moved'), told.of('pages.markBroken')]).toEqual([[], []]);
    expect(told.names).not.toContain('uploads.markPrepared');
  });

  it.each([
    ['refused', 'refused', 0, 'bad'],
    // The page is stopped: its reason is the page's, with the network's words.
    ['credentialLost', 'held', 1, 'page-not-connected'],
    ['needsPerson', 'held', 1, 'page-not-connected'],
  ] as const)('%s: it is %s, and says so', async (kind, state, broken, code) => {
    const told = await prepared({ upload: { kind, reason: reason('bad') } });
    expect(told.of('uploads.postpone')).toEqual([[OF, { state, reason: reason(code), againInSeconds: 0 }]]);
    expect(told.of('pages.markBroken')).toHaveLength(broken);
    expect(told.of('records.moved')).toEqual([
      [
        { kind: 'worker', contractorId: 'agency' },
        { id: 'publication', clientId: 'client', state },
        { code: 'bad', while: 'preparing' },
      ],
    ]);
    expect(told.names).not.toContain('uploads.markPrepared');
  });

  it('names the page whose secrets are dead', async () => {
    const told = await prepared({ upload: { kind: 'credentialLost', reason: reason('bad') } });
    expect(told.of('pages.markBroken')).toEqual([['agency', expect.objectContaining({ id: 'page' }), reason('bad')]]);
  });

  it('is told only by who changed the row', async () => {
    const told = await prepared({ upload: { kind: 'refused', reason: reason('bad') }, postponed: false });
    expect(told.of('records.moved')).toEqual([]);
  });

  it('keeps the rest from being uploaded', async () => {
    const ready = aReadied({ attachments: [anAttachment('photo', 0), anAttachment('photo', 1)] });
    const told = await prepared({ ready, upload: { kind: 'refused', reason: reason('bad') } });
    expect(told.of('uploader.upload')).toHaveLength(1);
  });
});
