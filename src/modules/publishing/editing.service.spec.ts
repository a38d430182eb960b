import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { EditOutcome, Reason } from '../../networks/network.js';
import { EDIT_LOST, editHoldReason } from './edit-reasons.js';
import type { ReadiedEdit } from './edit-reader.service.js';
import { anEdit, bringing, CLAIM, EDITED, editOnce, OTHER, SAME, type Situation } from './editing.spec-support.js';
import { anAttachment, NOW } from './publishing.spec-support.js';

const OF_CLAIM = { contractorId: 'agency', id: 'edit', belowFence: 5 };
const reason = (code: string): Reason => ({ code, message: 'Причина' });
const WORKER = { kind: 'worker', contractorId: 'agency' };
const LOOK = ['networks.get', 'network.readPost'];
const ended = (state: string) => [[WORKER, { publicationId: 'publication', clientId: 'client', editId: 'edit', state }]];

/** Makes the edit once with these answers, and tells everything that was asked for. */
async function edited(situation: Situation = {}): Promise<Recorder> {
  const told = new Recorder();
  await editOnce(told, situation);
  return told;
}

describe('editing', () => {
  it('claims, sends once, looks at the page, and settles; no transaction is open while the network is asked', async () => {
    expect((await edited()).names).toEqual([
      ...['reader.read', 'reader.read', 'budgets.turn', 'clock.now'],
      ...['begin', 'posts.lockApproved', 'edits.claim', 'edits.endAttempts', 'commit', 'networks.get', 'network.edit'],
      ...['budgets.turn', ...LOOK],
      ...['begin', 'edits.settle', 'edits.endAttempts', 'edits.apply', 'records.edited', 'commit'],
    ]);
  });

  it('asks for exactly what was approved, and ends what an earlier worker left behind', async () => {
    const told = await edited();
    const content = { text: 'День посёлка', photos: [] };
    const request = JSON.stringify(['300', '77', content]);
    const requestSha256 = createHash('sha256').update(request).digest('hex');
    expect(told.of('reader.read')[0]).toEqual(['agency', 'edit']);
    expect(told.of('budgets.turn').map(([, call]) => call)).toEqual(['edit', 'readPost']);
    expect(told.of('posts.lockApproved')).toEqual([['agency', 'post', 'new hash']]);
    expect(told.of('edits.claim')).toEqual([
      [expect.objectContaining({ id: 'edit', fence: 3 }), { id: 'new id', requestSha256 }],
    ]);
    const left = [
      { ...CLAIM, belowFence: 4 },
      { outcome: 'unclear', reason: EDIT_LOST },
    ];
    expect(told.of('edits.endAttempts')[0]).toEqual(left);
    const asked = { page: { externalId: '300' }, credentials: { userToken: 'secret' }, externalId: '77', content };
    expect(told.of('network.edit')).toEqual([[{ ...asked, sendBefore: new Date(NOW.getTime() + 5_000) }]]);
    expect(told.of('network.readPost')).toEqual([[{ externalId: '300' }, { userToken: 'secret' }, '77']]);
    expect(told.of('begin')).toEqual([['agency'], ['agency']]);
  });

  it('keeps what the page shows, and tells that the publication says it now', async () => {
    const told = await edited();
    expect(told.of('edits.settle')).toEqual([[CLAIM, { state: 'applied', verified: true }]]);
    expect(told.of('edits.endAttempts')[1]).toEqual([OF_CLAIM, { outcome: 'edited' }]);
    expect(told.of('edits.apply')).toEqual([[expect.objectContaining({ postVersion: 2, contentHash: 'new hash' })]]);
    expect(told.of('records.edited')).toEqual(ended('applied'));
    expect([told.of('budgets.park'), told.of('pages.markBroken')]).toEqual([[], []]);
  });

  it('believes the network that it is done when there is no turn for looking', async () => {
    const told = await edited({ waits: { readPost: 700 }, seen: OTHER });
    expect(told.of('edits.settle')).toEqual([[CLAIM, { state: 'applied', verified: null }]]);
    expect(told.of('network.readPost')).toEqual([]);
  });

  it('believes the network that it is done when the page can’t be read', async () => {
    const told = await edited({ seen: { kind: 'refused', reason: reason('hidden') } });
    expect(told.of('edits.settle')).toEqual([[CLAIM, { state: 'applied', verified: null }]]);
  });

  it('is not over while the page shows what it showed: it is looked at again, and nothing is told', async () => {
    const told = await edited({ seen: OTHER });
    const unseen = { state: 'unclear', reason: expect.objectContaining({ code: 'not-seen-yet' }), againInSeconds: 60 };
    expect(told.of('edits.settle')).toEqual([[CLAIM, unseen]]);
    expect([told.of('edits.apply'), told.of('records.edited')]).toEqual([[], []]);
  });

  it.each([
    ['takes none, and the page shows none', 0, true],
    ['takes ten, and the page shows none', 10, 'unclear'],
  ])('looks for documents as the network takes them: it %s', async (_, documents, verified) => {
    const told = await edited({ reads: [bringing(anAttachment('document', 0, 'doc1_1'))], documents });
    const [, settlement] = told.of('edits.settle')[0] as [unknown, { state: string; verified?: boolean }];
    expect(settlement.verified ?? settlement.state).toBe(verified);
  });
});

describe('an edit that was tried before', () => {
  const unclear = anEdit({ state: 'unclear', tries: 1 });

  it('is looked at first, and is done when it was heard after all', async () => {
    const told = await edited({ reads: [unclear] });
    expect(told.names).toEqual([
      ...['reader.read', 'budgets.turn', ...LOOK],
      ...['begin', 'edits.settle', 'edits.endAttempts', 'edits.apply', 'records.edited', 'commit'],
    ]);
    expect(told.of('edits.settle')).toEqual([
      [expect.objectContaining({ fence: 3, tries: 1 }), { state: 'applied', verified: true }],
    ]);
    const attempts = { contractorId: 'agency', id: 'edit', belowFence: 4 };
    expect(told.of('edits.endAttempts')).toEqual([[attempts, { outcome: 'unclear' }]]);
  });

  it('is made again when the page shows something else', async () => {
    const told = await edited({ reads: [unclear], seen: OTHER });
    expect([told.of('network.readPost'), told.of('network.edit')].map((calls) => calls.length)).toEqual([2, 1]);
  });

  it('stays as it is when there is no turn for looking: nothing is sent or written, and it is rung for again', async () => {
    const told = await edited({ reads: [unclear], waits: { readPost: 700 } });
    expect(told.names).toEqual(['reader.read', 'budgets.turn']);
  });

  it('goes on waiting, as the network had asked, when there is no turn for looking', async () => {
    const told = await edited({ reads: [anEdit({ tries: 1 })], waits: { readPost: 700 } });
    expect(told.of('edits.settle')[0]![1]).toMatchObject({ state: 'waiting', againInSeconds: 1 });
    expect(told.names).not.toContain('network.readPost');
  });

  it('is not looked at while another worker sends it', async () => {
    const told = await edited({ reads: [anEdit({ state: 'sending', tries: 1 })], answers: { edits: { claim: undefined } } });
    expect(told.names).not.toContain('network.readPost');
  });

  it.each<[string, ReadiedEdit]>([
    ['its page has no secrets', anEdit({ state: 'unclear', tries: 1 }, { credentials: undefined })],
    ['the post has no number', anEdit({ state: 'unclear', tries: 1 }, { publication: { externalId: null } })],
  ])('is not looked at when %s', async (_, found) => {
    const told = await edited({ reads: [found, undefined] });
    expect([told.of('network.readPost'), told.of('edits.settle')]).toEqual([[], []]);
  });
});

describe('what an edit brings along', () => {
  const wanting = bringing(anAttachment('photo', 0, 'photo1_0'), anAttachment('photo', 1), anAttachment('video', 2));
  const ready = bringing(anAttachment('photo', 0, 'photo1_0'), anAttachment('photo', 1, 'x'), anAttachment('video', 2, 'y'));

  it('is uploaded in order, each noted at once, and read again before it is sent', async () => {
    const told = await edited({ reads: [wanting, ready] });
    const upload = ['budgets.turn', 'uploader.upload', 'begin', 'edits.putUpload', 'commit'];
    expect(told.names.slice(0, 13)).toEqual(['reader.read', ...upload, ...upload, 'reader.read', 'budgets.turn']);
    expect(told.of('budgets.turn').map(([, call]) => call)).toEqual(['uploadPhoto', 'uploadVideo', 'edit', 'readPost']);
    const missing = wanting.ready.attachments.slice(1).map((one) => [wanting.ready, { userToken: 'secret' }, one]);
    expect(told.of('uploader.upload')).toEqual(missing);
    expect(told.of('edits.putUpload')).toEqual([
      [wanting.edit, { position: 1, mediaSha256: 'photo 1', attachment: 'photo1_1' }],
      [wanting.edit, { position: 2, mediaSha256: 'video 2', attachment: 'photo1_1' }],
    ]);
    expect(told.of('network.edit')[0]![0]).toMatchObject({ content: { photos: ['photo1_0', 'x'], videos: ['y'] } });
  });

  it('waits for its turn, and says so; a gate that is shut is noticed meanwhile', async () => {
    const told = await edited({ reads: [wanting], waits: { uploadPhoto: 2_500 } });
    expect(told.names).toEqual([
      ...['reader.read', 'budgets.turn', 'begin', 'edits.settle', 'edits.endAttempts', 'commit'],
      ...['begin', 'edits.shutGate', 'commit'],
    ]);
    const waiting = { state: 'waiting', reason: expect.objectContaining({ code: 'no-turn' }), againInSeconds: 3 };
    expect(told.of('edits.settle')).toEqual([[wanting.edit, waiting]]);
  });

  it('keeps the rest from being uploaded, and the edit from being sent, when it does not get through', async () => {
    const told = await edited({ reads: [wanting], upload: { kind: 'refused', reason: reason('bad') } });
    expect(told.of('uploader.upload')).toHaveLength(1);
    expect(told.of('edits.settle')).toEqual([
      [
        { ...wanting.edit, tries: 1 },
        { state: 'refused', reason: reason('bad') },
      ],
    ]);
    expect(told.of('records.edited')).toEqual(ended('refused'));
    expect([told.of('edits.putUpload'), told.of('edits.claim')]).toEqual([[], []]);
    expect(told.names.slice(-3)).toEqual(['begin', 'edits.shutGate', 'commit']);
  });

  it('counts as a try each time that the network says “later”, until a person has to look', async () => {
    const upload = { kind: 'retryLater', reason: reason('busy'), afterMs: 4_000 } as const;
    const often = (tries: number) =>
      edited({ reads: [anEdit({ tries }, { attachments: [anAttachment('photo', 0)] })], upload, seen: OTHER });
    expect((await often(18)).of('edits.settle')).toEqual([
      [expect.objectContaining({ tries: 19 }), { state: 'waiting', reason: reason('busy'), againInSeconds: 4 }],
    ]);
    expect((await often(19)).of('edits.settle')[0]![1]).toEqual({ state: 'held', reason: reason('busy') });
  });
});

describe('nothing is sent', () => {
  const shutGate = ['begin', 'edits.shutGate', 'commit'];

  it.each<[string, ReadiedEdit | undefined]>([
    ['there is no such edit', undefined],
    ['it has ended', anEdit({ endedAt: NOW })],
  ])('and nothing is written when %s', async (_, found) => {
    expect((await edited({ reads: [found] })).names).toEqual(['reader.read']);
  });

  it.each<[string, ReadiedEdit | undefined]>([
    ['is gone', undefined],
    ['has no secrets', anEdit({}, { credentials: undefined })],
    ['wants another file', bringing(anAttachment('photo', 0))],
  ])('when it %s after what it brings along was uploaded', async (_, second) => {
    expect((await edited({ reads: [anEdit(), second] })).names).toEqual(['reader.read', 'reader.read']);
  });

  it('when the page has no secrets', async () => {
    expect((await edited({ reads: [anEdit({}, { credentials: undefined })] })).names).toEqual(['reader.read', ...shutGate]);
  });

  it('when there is no turn: what waits says so, of what was sent it stays said that nobody knows', async () => {
    const waiting = await edited({ waits: { edit: 1_001 } });
    expect(waiting.of('edits.settle')[0]![1]).toMatchObject({ state: 'waiting', againInSeconds: 2 });
    const unclear = await edited({ reads: [anEdit({ state: 'unclear', tries: 1 })], waits: { edit: 1_001 }, seen: OTHER });
    expect(unclear.of('edits.settle')).toEqual([]);
    expect([waiting.of('edits.claim'), unclear.of('edits.claim')]).toEqual([[], []]);
  });

  it('when the approval is gone: it is not claimed', async () => {
    const told = await edited({ answers: { posts: { lockApproved: false } } });
    expect(told.names.slice(-6)).toEqual(['begin', 'posts.lockApproved', 'commit', ...shutGate]);
  });

  it('when it can’t be claimed: the post stays open to the people who write it', async () => {
    const told = await edited({ answers: { edits: { claim: undefined } } });
    expect(told.names.slice(-7)).toEqual(['begin', 'posts.lockApproved', 'edits.claim', 'rollback', ...shutGate]);
    expect(told.of('edits.settle')).toEqual([]);
  });

  it('when a gate is shut, which is told with its reason', async () => {
    const told = await edited({ answers: { edits: { claim: undefined, shutGate: 'no-contract' } } });
    expect(told.of('edits.shutGate')).toEqual([[expect.objectContaining({ id: 'edit', fence: 3 })]]);
    const held = { state: 'held', reason: editHoldReason('no-contract') };
    expect(told.of('edits.settle')).toEqual([[expect.objectContaining({ id: 'edit', fence: 3 }), held]]);
    expect(told.of('records.edited')).toEqual(ended('held'));
    expect(told.names).not.toContain('edits.apply');
  });

  it('and an error of the database is no answer', async () => {
    const broken = { posts: { lockApproved: () => Promise.reject(new Error('connection lost')) } };
    await expect(edited({ answers: broken })).rejects.toThrow('connection lost');
  });
});

describe('an outcome that is not “edited”', () => {
  it.each<[EditOutcome, object, string[], boolean]>([
    [{ kind: 'refused', reason: reason('too-old') }, { state: 'refused' }, ['refused'], false],
    [{ kind: 'credentialLost', reason: reason('token-revoked') }, { state: 'held' }, ['held'], true],
    [{ kind: 'needsPerson', reason: reason('captcha') }, { state: 'held' }, ['held'], true],
    [{ kind: 'unclear', reason: reason('no-answer') }, { state: 'unclear', againInSeconds: 60 }, [], false],
    [{ kind: 'unclear', reason: reason('no-answer'), stopsPage: true }, { state: 'held' }, ['held'], true],
  ])('%j is kept with its reason, tells its end, and stops the page if it has to', async (outcome, settlement, told, stops) => {
    const all = await edited({ outcome, seen: OTHER });
    const said = (outcome as { reason: Reason }).reason;
    expect(all.of('edits.settle')).toEqual([[CLAIM, { ...settlement, reason: said }]]);
    expect(all.of('edits.endAttempts')[1]).toEqual([OF_CLAIM, { outcome: outcome.kind, reason: said }]);
    expect(all.of('records.edited').map(([, what]) => (what as { state: string }).state)).toEqual(told);
    expect(all.of('budgets.park')).toEqual([[expect.objectContaining({ attachments: [] }), undefined]]);
    const broken = stops ? [['agency', expect.objectContaining({ id: 'page' }), said]] : [];
    expect([all.of('pages.markBroken'), all.of('edits.apply')]).toEqual([broken, []]);
  });

  it('parks the page when the network says “later”, in the transaction that settles', async () => {
    const told = await edited({ outcome: { kind: 'retryLater', reason: reason('rate-limited'), afterMs: 2_000 }, seen: OTHER });
    expect(told.of('edits.settle')[0]![1]).toEqual({ state: 'waiting', reason: reason('rate-limited'), againInSeconds: 2 });
    expect(told.of('budgets.park')).toEqual([[expect.anything(), { seconds: 2, reason: reason('rate-limited') }]]);
    expect(told.names.slice(-5)).toEqual(['begin', 'edits.settle', 'edits.endAttempts', 'budgets.park', 'commit']);
  });

  it('counts the tries of this claim', async () => {
    const last = { outcome: { kind: 'unclear', reason: reason('x') } as const, seen: OTHER };
    const told = await edited({ ...last, answers: { edits: { claim: { ...CLAIM, tries: 8 } } } });
    expect(told.of('edits.settle')[0]![1]).toMatchObject({ state: 'held' });
  });
});

describe('a worker that lost its edit meanwhile', () => {
  it.each<[EditOutcome, object]>([
    [EDITED, { outcome: 'fenced' }],
    [
      { kind: 'credentialLost', reason: reason('dead') },
      { outcome: 'fenced', reason: reason('dead') },
    ],
  ])('writes %j to its attempt as fenced, and moves nothing', async (outcome, end) => {
    const told = await edited({ outcome, seen: outcome === EDITED ? SAME : OTHER, answers: { edits: { settle: false } } });
    expect(told.of('edits.endAttempts')[1]).toEqual([OF_CLAIM, end]);
    expect([told.of('edits.apply'), told.of('records.edited')]).toEqual([[], []]);
  });

  it('still stops the page whose token it found dead', async () => {
    const outcome = { kind: 'credentialLost', reason: reason('dead') } as const;
    const told = await edited({ outcome, seen: OTHER, answers: { edits: { settle: false } } });
    expect(told.of('pages.markBroken')).toHaveLength(1);
  });
});
