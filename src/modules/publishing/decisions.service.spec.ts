import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { CallOutcome, WallPost } from '../../networks/network.js';
import { DecisionParts, type DecisionRequest, DecisionsService } from './decisions.service.js';
import type { Readied } from './publication-reader.service.js';
import { aReadied, IDS, NOW, refusal, WHO } from './publishing.spec-support.js';

const HELD = {
  id: 'publication',
  clientId: 'client',
  contractorId: 'agency',
  state: 'held',
  withdrawRequestedAt: null,
  settlesAt: null,
};
const SEEN = { kind: 'done', value: { byPage: true, text: '  День\n\n посёлка ' } } as CallOutcome<WallPost | undefined>;
const ADOPT: DecisionRequest = { decision: 'adopt', url: 'https://vk.com/wall-300_7', comment: 'Вижу' };
const SEND_AGAIN: DecisionRequest = { decision: 'sendAgain', url: null, comment: null };
const GIVE_UP: DecisionRequest = { decision: 'giveUp', url: null, comment: null };

interface Situation {
  readonly before?: object;
  readonly decisions?: object;
  readonly seen?: CallOutcome<WallPost | undefined>;
  readonly ready?: Readied | undefined;
  readonly postIdOf?: string | undefined;
}

function service(situation: Situation = {}): [DecisionsService, Recorder] {
  const told = new Recorder();
  const network = told.port<object>('network', {
    ...{
      postIdOf: 'postIdOf' in situation ? situation.postIdOf : '7',
      postUrl: 'the permalink',
      readPost: situation.seen ?? SEEN,
    },
  });
  const parts = new DecisionParts(
    told.port('decisions', { adopt: true, sendAgain: true, giveUp: true, list: ['the newest', 'older'], ...situation.decisions }),
    told.port('records', { require: { ...HELD, ...situation.before } }),
    told.port('networks', { get: () => network }),
  );
  const ready = 'ready' in situation ? situation.ready : aReadied();
  return [new DecisionsService(told.work, parts, told.port('reader', { read: ready }), IDS), told];
}

const decided = async (request: DecisionRequest, situation?: Situation) => {
  const [decisions, told] = service(situation);
  const answer = await decisions.decide(WHO, 'publication', request);
  return { answer, told };
};
const refused = (request: DecisionRequest, situation?: Situation) => refusal(() => decided(request, situation));
const row = (changes: object) => ({
  ...{ contractorId: 'agency', clientId: 'client', publicationId: 'publication', id: 'new id', stateBefore: 'held' },
  ...{ url: null, verified: null, textMatches: null, comment: null, decidedBy: 'member', ...changes },
});

describe('“it is there, at this address”', () => {
  it('is verified at the network before the transaction begins, and kept with what was seen', async () => {
    const { told, answer } = await decided(ADOPT);
    expect(told.of('network.postIdOf')).toEqual([[{ externalId: '300' }, 'https://vk.com/wall-300_7']]);
    expect(told.of('network.readPost')).toEqual([[{ externalId: '300' }, { userToken: 'secret' }, '7']]);
    expect(told.names.indexOf('network.readPost')).toBeLessThan(told.names.indexOf('begin'));
    expect(told.names).toContain('begin reading');
    const proof = { externalId: '7', url: 'the permalink', verified: true, textMatches: true };
    expect(told.of('decisions.adopt')).toEqual([
      [expect.objectContaining({ id: 'publication' }), 'held', { ...proof, reason: null }],
    ]);
    const kept = { url: 'the permalink', verified: true, textMatches: true };
    expect(told.of('decisions.insert')).toEqual([[row({ decision: 'adopt', comment: 'Вижу', ...kept })]]);
    const details = { decision: 'adopt', stateBefore: 'held', verified: true, textMatches: true };
    expect(told.of('records.moved')).toEqual([[WHO, { id: 'publication', clientId: 'client', state: 'published' }, details]]);
    expect(answer).toBe('the newest');
  });

  it('tells when the text there is another', async () => {
    const seen = { kind: 'done', value: { byPage: true, text: 'День города' } } as Situation['seen'] & object;
    const { told } = await decided(ADOPT, { seen });
    expect(told.of('decisions.adopt')[0]![2]).toMatchObject({ textMatches: false, reason: { code: 'text-differs' } });
  });

  it.each<[string, Situation]>([
    ['there are no secrets', { ready: aReadied({ credentials: undefined }) }],
    ['the page can’t be read', { seen: { kind: 'refused', reason: { code: 'x', message: 'x' } } }],
  ])('is believed and not verified when %s', async (_, situation) => {
    const { told } = await decided(ADOPT, situation);
    expect(told.of('decisions.adopt')[0]![2]).toMatchObject({ verified: null, textMatches: null, reason: null, externalId: '7' });
  });

  it.each<[string, Situation, string]>([
    ['the network shows nothing there', { seen: { kind: 'done', value: undefined } }, 'publishing.post-not-there'],
    [
      'somebody else wrote it',
      { seen: { kind: 'done', value: { byPage: false, text: 'День посёлка' } } as Situation['seen'] & object },
      'publishing.post-not-there',
    ],
    ['the address is none of this page', { postIdOf: undefined }, 'http.request-invalid'],
    ['the publication can’t be read', { ready: undefined }, 'publishing.publication-not-found'],
  ])('is refused when %s', async (_, situation, code) => {
    const error = await refused(ADOPT, situation);
    expect(error.code).toBe(code);
    if (code !== 'publishing.publication-not-found')
      expect(error.details['fields']).toEqual([{ field: 'url', reason: expect.any(String) }]);
  });

  it('is refused without an address', async () => {
    const [decisions, told] = service();
    const error = await refusal(() => decisions.decide(WHO, 'publication', { ...ADOPT, url: null }));
    expect([error.code, told.of('network.postIdOf')]).toEqual(['http.request-invalid', []]);
  });

  it('is refused when that post is another publication’s', async () => {
    const adopt = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
    const error = await refused(ADOPT, { decisions: { adopt: adopt('23505') } });
    expect([error.code, error.details['fields']]).toEqual([
      'http.request-invalid',
      [{ field: 'url', reason: 'This post belongs to another publication already' }],
    ]);
    await expect(decided(ADOPT, { decisions: { adopt: adopt('08006') } })).rejects.toThrow('08006');
  });
});

describe('the other decisions', () => {
  it.each([
    [SEND_AGAIN, 'scheduled', ['held']],
    [GIVE_UP, 'abandoned', ['held', { code: 'given-up', message: 'Решено не публиковать' }]],
  ] as const)('%j ask nobody and leave it %s', async (request, state, how) => {
    const { told } = await decided(request);
    expect(told.names).not.toContain('reader.read');
    expect(told.of(`decisions.${request.decision}`)).toEqual([[expect.objectContaining({ id: 'publication' }), ...how]]);
    expect(told.of('decisions.insert')).toEqual([[row({ decision: request.decision })]]);
    const details = { decision: request.decision, stateBefore: 'held', verified: null, textMatches: null };
    expect(told.of('records.moved')).toEqual([[WHO, { id: 'publication', clientId: 'client', state }, details]]);
    for (const other of ['adopt', 'sendAgain', 'giveUp'].filter((name) => name !== request.decision))
      expect(told.of(`decisions.${other}`)).toEqual([]);
  });

  it('are refused in states that are none of a person’s business', async () => {
    const error = await refused(SEND_AGAIN, { before: { state: 'published' } });
    expect([error.code, error.details['allowedTransitions']]).toEqual(['publishing.decision-refused', []]);
    const byHand = await refused(SEND_AGAIN, { before: { state: 'byHand' } });
    expect(byHand.details['allowedTransitions']).toEqual(['adopt', 'giveUp']);
  });

  it.each<[string, object, RegExp | undefined, string[]]>([
    ['changed meanwhile', {}, undefined, ['adopt', 'sendAgain', 'giveUp']],
    ['was settled meanwhile', { settlesAt: NOW }, undefined, ['adopt', 'sendAgain', 'giveUp']],
    ['is being taken back', { state: 'unclear', withdrawRequestedAt: NOW, settlesAt: NOW }, /being taken back/, ['adopt']],
    ['may still appear', { state: 'unclear', settlesAt: NOW }, /2026-12-01T09:00:00.000Z/, ['adopt']],
    ['is unclear, and nobody knows until when', { state: 'unclear' }, undefined, ['adopt', 'sendAgain', 'giveUp']],
  ])('are refused when it %s, and nothing is written', async (_, before, message, allowed) => {
    const [decisions, told] = service({ before, decisions: { sendAgain: false } });
    const error = await refusal(() => decisions.decide(WHO, 'publication', SEND_AGAIN));
    expect([error.code, error.details['allowedTransitions']]).toEqual(['publishing.decision-refused', allowed]);
    if (message) expect(error.details['message']).toMatch(message);
    else expect(error.details['message']).toBeUndefined();
    expect([told.of('decisions.insert'), told.names.at(-1)]).toEqual([[], 'rollback']);
  });

  it('are listed for who may see the publication', async () => {
    const [decisions, told] = service();
    expect(await decisions.list(WHO, 'publication')).toEqual(['the newest', 'older']);
    expect(told.names).toEqual(['begin reading', 'records.require', 'decisions.list', 'commit']);
  });
});
