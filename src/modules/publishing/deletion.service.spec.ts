import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { CallOutcome } from '../../networks/network.js';
import { DeletionService } from './deletion.service.js';
import { holdReason } from './hold-reasons.js';
import type { Readied } from './publication-reader.service.js';
import { ResolutionTools } from './resolution.service.js';
import { aReadied, NOW } from './publishing.spec-support.js';

const WANTED_BACK = { state: 'published', withdrawRequestedAt: NOW, externalId: '77' };
const reason = { code: 'rate-limited', message: 'Позже' };

interface Situation {
  readonly ready?: Readied | undefined;
  readonly outcome?: CallOutcome<void>;
  readonly deleted?: boolean;
  readonly turn?: number;
}

async function deleted(situation: Situation = {}): Promise<Recorder> {
  const told = new Recorder();
  const ready = 'ready' in situation ? situation.ready : aReadied({ publication: WANTED_BACK });
  const network = told.port<object>('network', { delete: situation.outcome ?? { kind: 'done', value: undefined } });
  await new DeletionService(
    told.work,
    told.port('reader', { read: ready }),
    told.port('rows', { deleted: situation.deleted ?? true }),
    told.port('records'),
    new ResolutionTools(
      told.port('networks', { get: () => network }),
      told.port('budgets', { turn: situation.turn ?? 0 }),
      told.port('pages'),
      {
        next: () => 'new id',
        secret: () => 'new secret',
      },
    ),
  ).delete('agency', 'publication');
  return told;
}

describe('taking back what was published', () => {
  it('deletes it on the page and tells that it is gone', async () => {
    const told = await deleted();
    expect(told.names).toEqual([
      ...['reader.read', 'budgets.turn', 'networks.get', 'network.delete'],
      ...['begin', 'rows.deleted', 'records.moved', 'commit'],
    ]);
    expect(told.of('budgets.turn')).toEqual([[expect.anything(), 'delete']]);
    expect(told.of('network.delete')).toEqual([[{ externalId: '300' }, { userToken: 'secret' }, '77']]);
    const what = { id: 'publication', clientId: 'client', state: 'deleted' };
    expect(told.of('records.moved')).toEqual([[{ kind: 'worker', contractorId: 'agency' }, what, {}]]);
    expect(told.calls.find(([name]) => name === 'begin')).toEqual(['begin', 'agency']);
  });

  it('is told once', async () => {
    expect((await deleted({ deleted: false })).of('records.moved')).toEqual([]);
  });

  it.each<[string, Situation]>([
    ['is not there', { ready: undefined }],
    ['is not wanted back', { ready: aReadied({ publication: { ...WANTED_BACK, withdrawRequestedAt: null } }) }],
    ['is not published', { ready: aReadied({ publication: { ...WANTED_BACK, state: 'unclear' } }) }],
    ['has no number on the page', { ready: aReadied({ publication: { ...WANTED_BACK, externalId: null } }) }],
    ['has no turn', { turn: 1 }],
  ])('touches nothing that %s', async (_, situation) => {
    const { names } = await deleted(situation);
    expect([names.includes('network.delete'), names.includes('begin')]).toEqual([false, false]);
  });

  it('is tried again when the network says so', async () => {
    const told = await deleted({ outcome: { kind: 'retryLater', reason, afterMs: 7_000 } });
    expect(told.of('rows.deleteLater')).toEqual([[expect.objectContaining({ id: 'publication' }), 7, reason]]);
    expect(told.of('rows.deleted')).toEqual([]);
  });

  it('is left to a person when the network refuses, or there are no secrets', async () => {
    const refused = await deleted({ outcome: { kind: 'refused', reason } });
    expect(refused.of('rows.deleteLater')).toEqual([[expect.anything(), null, reason]]);
    const without = await deleted({ ready: aReadied({ publication: WANTED_BACK, credentials: undefined }) });
    expect(without.names).not.toContain('network.delete');
    expect(without.of('rows.deleteLater')).toEqual([[expect.anything(), null, holdReason('page-not-connected')]]);
  });

  it('is not asked of a page that is not connected', async () => {
    const page = { id: 'page', externalId: '300', status: 'disconnected' } as Readied['page'];
    const told = await deleted({ ready: aReadied({ publication: WANTED_BACK, page }) });
    expect(told.names).not.toContain('network.delete');
    expect(told.of('rows.deleteLater')).toEqual([[expect.anything(), null, holdReason('page-not-connected')]]);
  });
});
