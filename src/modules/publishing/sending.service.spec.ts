import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { PublishOutcome, Reason } from '../../networks/network.js';
import { RELEASED } from './hold-reasons.js';
import type { Readied } from './publication-reader.service.js';
import { SETTLE_SECONDS } from './publication.js';
import { SendingRows, SendingService, SendingTools } from './sending.service.js';
import { anAttachment, aReadied, NOW } from './publishing.spec-support.js';

const CLAIM = {
  ...{ contractorId: 'agency', clientId: 'client', publicationId: 'publication', attemptId: 'attempt' },
  ...{ fence: 3, tries: 1, budgetKey: 'budget' },
};
const reason = (code: string): Reason => ({ code, message: 'Причина' });
const PUBLISHED: PublishOutcome = { kind: 'published', externalId: '77', url: 'there' };
const WORKER = { kind: 'worker', contractorId: 'agency' };
const THE_PUBLICATION = { id: 'publication', clientId: 'client' };

interface Situation {
  readonly ready?: Readied | undefined;
  readonly outcome?: PublishOutcome;
  readonly answers?: Partial<Record<'claims' | 'budgets' | 'posts' | 'records', object>>;
}

/** Sends once with these answers, and tells everything that was asked for. */
async function sent(situation: Situation = {}): Promise<Recorder> {
  const ready = 'ready' in situation ? situation.ready : aReadied();
  const { outcome = PUBLISHED, answers = {} } = situation;
  const told = new Recorder();
  const claims = { claim: CLAIM, beginSending: true, lockWithdrawn: false, settle: true, ...answers.claims };
  const budgets = { leave: 0, outdated: false, ...answers.budgets };
  const network = told.port<object>('network', { publish: outcome });
  const metrics = {
    publicationOutcomes: told.port<object>('outcomes'),
    publicationLateness: told.port<object>('lateness'),
  };
  const clock = { monotonicMs: () => 0, now: () => new Date(NOW.getTime() + 1_500) };
  const service = new SendingService(
    told.work,
    told.port('reader', { read: ready }),
    new SendingRows(
      told.port('claims', claims),
      told.port('records', { require: THE_PUBLICATION, ...answers.records }),
      told.port('budgets', budgets),
      { next: () => 'new id', secret: () => 'new secret' },
    ),
    new SendingTools(
      told.port('networks', { get: () => network }),
      told.port('posts', { lockApproved: true, ...answers.posts }),
      told.port('pages'),
      clock,
      metrics as never,
    ),
  );
  await service.send('agency', 'publication');
  return told;
}

describe('sending', () => {
  it('claims, passes the point of no return, sends once, and settles; no transaction is open while the network is asked', async () => {
    expect((await sent()).names).toEqual([
      ...['begin', 'claims.claim', 'budgets.leave', 'commit', 'reader.read', 'budgets.outdated'],
      ...['begin', 'posts.lockApproved', 'claims.beginSending', 'commit', 'networks.get', 'network.publish'],
      ...['begin', 'claims.lockWithdrawn', 'claims.settle', 'claims.endAttempt', 'budgets.park', 'records.moved', 'commit'],
      ...['outcomes.inc', 'lateness.observe'],
    ]);
  });

  it('asks for exactly what was approved, in its own name', async () => {
    const told = await sent();
    expect(told.of('claims.claim')).toEqual([[{ contractorId: 'agency', publicationId: 'publication' }, 'new id']]);
    expect(told.of('budgets.leave')).toEqual([['agency', 'budget']]);
    expect(told.of('posts.lockApproved')).toEqual([['agency', 'post', 'hash']]);
    const content = { text: 'День посёлка', photos: [] };
    expect(told.of('network.publish')).toEqual([
      [
        {
          ...{ page: { externalId: '300' }, credentials: { userToken: 'secret' }, content, marker: 'marker' },
          sendBefore: new Date(NOW.getTime() + 6_500),
        },
      ],
    ]);
    const request = createHash('sha256')
      .update(JSON.stringify(['300', 'marker', content]))
      .digest('hex');
    expect(told.of('claims.beginSending')).toEqual([[expect.objectContaining({ fence: 3 }), request]]);
  });

  it('keeps what the network said, and tells it', async () => {
    const told = await sent();
    const claim = expect.objectContaining({ fence: 3 });
    expect(told.of('claims.settle')).toEqual([[claim, { state: 'published', externalId: '77', url: 'there' }]]);
    expect(told.of('claims.endAttempt')).toEqual([[claim, { outcome: 'published', externalId: '77', url: 'there' }]]);
    expect(told.of('records.moved')).toEqual([[WORKER, { ...THE_PUBLICATION, state: 'published' }, { outcome: 'published' }]]);
    expect(told.of('outcomes.inc')).toEqual([[{ network: 'vk', outcome: 'published' }]]);
    expect(told.of('lateness.observe')).toEqual([[{ network: 'vk' }, 1.5]]);
  });

  it('is never early in the numbers, even if clocks differ', async () => {
    const ready = aReadied({ publication: { dueAt: new Date(NOW.getTime() + 60_000) } });
    expect((await sent({ ready })).of('lateness.observe')).toEqual([[{ network: 'vk' }, 0]]);
  });

  it('waits for its secret’s turn before it reads what it sends', async () => {
    const before = performance.now();
    await sent({ answers: { budgets: { leave: 40 } } });
    expect(performance.now() - before).toBeGreaterThanOrEqual(35);
  });
});

describe('an outcome that is not “published”', () => {
  it.each<[PublishOutcome, object]>([
    [
      { kind: 'refused', reason: reason('too-long') },
      { state: 'refused', reason: reason('too-long') },
    ],
    [
      { kind: 'unclear', reason: reason('no-answer') },
      { state: 'unclear', reason: reason('no-answer'), lookInSeconds: SETTLE_SECONDS },
    ],
  ])('%j is kept with its reason and not counted as late', async (outcome, settlement) => {
    const told = await sent({ outcome });
    const { kind } = outcome as { kind: string };
    const { code } = (outcome as { reason: Reason }).reason;
    expect(told.of('claims.settle')[0]![1]).toEqual(settlement);
    expect(told.of('claims.endAttempt')[0]![1]).toEqual({ outcome: kind, reason: reason(code) });
    expect(told.of('records.moved')[0]!.slice(1)).toEqual([
      { ...THE_PUBLICATION, state: kind },
      { outcome: kind, code },
    ]);
    expect(told.of('outcomes.inc')).toEqual([[{ network: 'vk', outcome: kind }]]);
    expect([told.of('lateness.observe'), told.of('pages.markBroken')]).toEqual([[], []]);
  });

  it('parks the page when the network says “later”, and counts the tries of this claim', async () => {
    const outcome = { kind: 'retryLater', reason: reason('rate-limited'), afterMs: 2_000 } as const;
    const told = await sent({ outcome });
    expect(told.of('budgets.park')).toEqual([[expect.anything(), { seconds: 2, reason: reason('rate-limited') }]]);
    const last = await sent({ outcome, answers: { claims: { claim: { ...CLAIM, tries: 20 } } } });
    expect(last.of('claims.settle')[0]![1]).toMatchObject({ state: 'held' });
  });

  it('stops the page when its token is dead', async () => {
    const told = await sent({ outcome: { kind: 'credentialLost', reason: reason('token-revoked') } });
    expect(told.of('pages.markBroken')).toEqual([['agency', expect.objectContaining({ id: 'page' }), reason('token-revoked')]]);
  });

  it('takes a wish to have it back into account, read under the lock', async () => {
    const told = await sent({ outcome: { kind: 'refused', reason: reason('x') }, answers: { claims: { lockWithdrawn: true } } });
    expect(told.of('claims.settle')[0]![1]).toMatchObject({ state: 'withdrawn' });
  });
});

describe('a worker that lost its lease meanwhile', () => {
  it('writes its outcome to its attempt as fenced, and moves nothing', async () => {
    const told = await sent({ outcome: { kind: 'refused', reason: reason('x') }, answers: { claims: { settle: false } } });
    expect(told.of('claims.adoptLate')).toEqual([]);
    expect(told.of('claims.endAttempt')[0]![1]).toEqual({ outcome: 'fenced', reason: reason('x') });
    expect(told.of('records.moved')).toEqual([]);
    expect(told.of('outcomes.inc')).toHaveLength(1);
  });

  it.each([
    [true, 'published', 1],
    [false, 'fenced', 0],
  ])('still brings the news that it was published: adopted %s', async (adoptLate, outcome, moves) => {
    const told = await sent({ answers: { claims: { settle: false, adoptLate } } });
    expect(told.of('claims.adoptLate')).toEqual([[expect.objectContaining({ fence: 3 }), '77', 'there']]);
    expect(told.of('claims.endAttempt')[0]![1]).toMatchObject({ outcome, externalId: '77' });
    expect(told.of('records.moved')).toHaveLength(moves);
  });

  it('does not adopt what it has settled itself', async () => {
    expect((await sent()).of('claims.adoptLate')).toEqual([]);
  });
});

describe('nothing is sent', () => {
  it('when it can’t be claimed', async () => {
    const told = await sent({ answers: { claims: { claim: undefined } } });
    expect(told.names).toEqual(['begin', 'claims.claim', 'claims.holdIfShut', 'commit']);
  });

  it('when a gate is shut, which is told with its code', async () => {
    const told = await sent({ answers: { claims: { claim: undefined, holdIfShut: 'no-contract' } } });
    expect(told.of('records.require')).toEqual([['agency', 'publication']]);
    expect(told.of('records.moved')).toEqual([[WORKER, { ...THE_PUBLICATION, state: 'held' }, { code: 'no-contract' }]]);
    expect(told.of('claims.holdIfShut')[0]![0]).toEqual({ contractorId: 'agency', publicationId: 'publication' });
    expect(told.names).not.toContain('reader.read');
  });

  it.each<[string, Situation]>([
    ['the publication can’t be read any more', { ready: undefined }],
    ['the page has no secrets', { ready: aReadied({ credentials: undefined }) }],
    ['a photo is not uploaded', { ready: aReadied({ attachments: [anAttachment('photo', 0)] }) }],
    ['its turn was for another secret', { answers: { budgets: { outdated: true } } }],
    ['the approval is gone', { answers: { posts: { lockApproved: false } } }],
    ['the point of no return is shut', { answers: { claims: { beginSending: false } } }],
  ])('when %s; the claim is given back', async (_, situation) => {
    const told = await sent(situation);
    expect(told.names).not.toContain('network.publish');
    expect(told.of('claims.release')).toEqual([[expect.objectContaining({ fence: 3 }), RELEASED]]);
    expect(told.calls.filter(([name]) => name === 'begin').every(([, of]) => of === 'agency')).toBe(true);
  });

  it('and the post’s lock is rolled back when the point of no return is shut', async () => {
    const told = await sent({ answers: { claims: { beginSending: false } } });
    const shut = ['posts.lockApproved', 'claims.beginSending', 'rollback', 'begin', 'claims.release', 'commit'];
    expect(told.names.slice(-6)).toEqual(shut);
  });

  it('and an error of the database is no answer', async () => {
    const broken = { posts: { lockApproved: () => Promise.reject(new Error('connection lost')) } };
    await expect(sent({ answers: broken })).rejects.toThrow('connection lost');
  });
});

describe('a number that belongs to another publication of ours', () => {
  const settleOnce = (error: unknown) => {
    let times = 0;
    return { settle: () => ((times += 1) === 1 ? Promise.reject(error as Error) : true) };
  };

  it('proves nothing: the outcome is unclear', async () => {
    const told = await sent({ answers: { claims: settleOnce({ code: '23505' }) } });
    expect(told.names.filter((name) => name === 'rollback')).toHaveLength(1);
    expect(told.of('claims.settle')[1]![1]).toMatchObject({ state: 'unclear', reason: { code: 'wrong-id' } });
    expect(told.of('outcomes.inc')).toEqual([[{ network: 'vk', outcome: 'unclear' }]]);
  });

  it('is told from every other error', async () => {
    await expect(
      sent({ answers: { claims: settleOnce(Object.assign(new Error('broken'), { code: '08006' })) } }),
    ).rejects.toThrow('broken');
  });
});
