import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { EditRequestParts, EditRequestsService } from './edit-requests.service.js';
import { editJob } from './publishing.jobs.js';
import { IDS, NOW, refusal, STILL, WHO } from './publishing.spec-support.js';

const PUBLICATION = {
  ...{ contractorId: 'agency', id: 'publication', clientId: 'client', postId: 'post', pageId: 'page', network: 'vk' },
  ...{ state: 'published', withdrawRequestedAt: null, postVersion: 1, contentHash: 'old hash', drift: null },
};
const POLL = { question: 'Придёте?', answers: ['да', 'нет'], anonymous: true, multiple: false };
const OTHER_POLL = { ...POLL, question: 'Когда придёте?' };
const says = (network: string, poll: unknown = null) => ({ network, text: 'День посёлка', link: null, poll });
const POST = { status: 'approved', contentHash: 'new hash', postVersion: 2, media: [], variants: [says('vk')] };
const ALLOWED = { publishText: { allowed: true }, publishPoll: { allowed: true }, edit: { allowed: true } };
const PAGE = { network: 'vk', status: 'connected', capabilities: ALLOWED };

interface Situation {
  readonly publication?: object;
  readonly post?: object;
  /** What the page says now. */
  readonly before?: object;
  readonly page?: object;
  readonly covered?: boolean;
  readonly edits?: object;
}

function service(situation: Situation = {}): [EditRequestsService, Recorder] {
  const told = new Recorder();
  const before = { ...POST, postVersion: 1, ...situation.before };
  const scheduling = {
    posts: told.port('posts', { require: { ...POST, ...situation.post }, requireVersion: before }),
    pages: told.port('pages', { require: { ...PAGE, ...situation.page } }),
    contracts: told.port('contracts', { coversAt: situation.covered ?? true }),
  };
  const parts = new EditRequestParts(
    told.port('edits', { list: ['the newest', 'older'], ...situation.edits }),
    scheduling as never,
    told.port('records', { require: { ...PUBLICATION, ...situation.publication } }),
    told.port('outbox'),
    STILL,
  );
  return [new EditRequestsService(told.work, parts, IDS), told];
}

async function requested(situation?: Situation, hash = 'new hash') {
  const [edits, told] = service(situation);
  return { answer: await edits.request(WHO, 'publication', hash), told };
}

describe('asking for an edit', () => {
  it('is written down with what it changes, told, and rung for, all in one transaction', async () => {
    const { answer, told } = await requested();
    expect(told.names).toEqual([
      ...['begin', 'records.require', 'posts.require', 'posts.requireVersion', 'pages.require', 'contracts.coversAt'],
      ...['edits.insert', 'records.record', 'outbox.enqueue', 'edits.list', 'commit'],
    ]);
    const versions = { postVersion: 2, versionBefore: 1 };
    const key = { contractorId: 'agency', id: 'new id', clientId: 'client', publicationId: 'publication' };
    const row = { ...key, ...versions, contentHash: 'new hash', requestedBy: 'member' };
    expect(told.of('edits.insert')).toEqual([[row]]);
    const what = { id: 'publication', clientId: 'client', state: 'editRequested' };
    expect(told.of('records.record')).toEqual([[WHO, what, { editId: 'new id', ...versions }]]);
    expect(told.of('outbox.enqueue')).toEqual([[editJob, { contractorId: 'agency', editId: 'new id' }]]);
    expect(answer).toBe('the newest');
  });

  it('asks of this publication, its post as it stands there, its page, and the contract of today', async () => {
    const { told } = await requested();
    expect(told.of('records.require')).toEqual([['agency', 'publication']]);
    expect(told.of('posts.require')).toEqual([['agency', 'post']]);
    expect(told.of('posts.requireVersion')).toEqual([['agency', 'post', 1]]);
    expect(told.of('pages.require')).toEqual([['agency', 'page']]);
    expect(told.of('contracts.coversAt')).toEqual([['agency', 'page', NOW]]);
    expect(told.of('edits.list')).toEqual([['agency', 'publication']]);
  });

  it('puts right with the same content what somebody else changed on the page', async () => {
    const { told } = await requested({ publication: { contentHash: 'new hash', drift: 'edited' } });
    expect(told.of('edits.insert')).toHaveLength(1);
  });

  it.each<[string, Situation]>([
    ['the poll stays', { before: { variants: [says('vk', POLL)] }, post: { variants: [says('vk', POLL)] } }],
    ['a poll comes where none was', { post: { variants: [says('vk', POLL)] } }],
    [
      'the poll of another network changes',
      {
        before: { variants: [says('ok', POLL), says('vk', OTHER_POLL)] },
        post: { variants: [says('ok', OTHER_POLL), says('vk', OTHER_POLL)] },
      },
    ],
    ['the post said nothing here before', { before: { variants: [] } }],
  ])('throws no votes away when %s', async (_, situation) => {
    expect((await requested(situation)).told.of('edits.insert')).toHaveLength(1);
  });
});

describe('an edit is refused', () => {
  it.each<[string, string, Situation]>([
    ['the post is not on its page', 'publishing.not-published', { publication: { state: 'deleted' } }],
    ['the post is being taken back', 'publishing.not-published', { publication: { withdrawRequestedAt: NOW } }],
    ['nobody approved the post', 'content.post-not-approved', { post: { status: 'clientReview' } }],
    ['the post is not what was read', 'content.content-changed', { post: { contentHash: 'newer hash' } }],
    ['the page says it already', 'publishing.nothing-to-edit', { publication: { contentHash: 'new hash' } }],
    ['the post is gone', 'publishing.nothing-to-edit', { publication: { contentHash: 'new hash', drift: 'deleted' } }],
    ['no contract covers the page', 'publishing.no-contract', { covered: false }],
  ])('when %s, and nothing is written: %s', async (_, code, situation) => {
    const [edits, told] = service(situation);
    expect((await refusal(() => edits.request(WHO, 'publication', 'new hash'))).code).toBe(code);
    expect([told.of('edits.insert'), told.of('outbox.enqueue'), told.names.at(-1)]).toEqual([[], [], 'rollback']);
  });

  it.each<[string, Situation, RegExp]>([
    [
      'the secrets allow no edits',
      { page: { capabilities: { ...ALLOWED, edit: { allowed: false, reason: 'Нельзя' } } } },
      /Нельзя/,
    ],
    [
      'votes would be thrown away',
      { before: { variants: [says('vk', POLL)] }, post: { variants: [says('vk', OTHER_POLL)] } },
      /голосовать/,
    ],
  ])('with the reason when %s', async (_, situation, why) => {
    const { code, details } = await refusal(() => requested(situation));
    expect([code, details['fields']]).toEqual([
      'publishing.edit-unsuitable',
      [{ field: 'contentHash', reason: expect.stringMatching(why) }],
    ]);
  });

  it('while another one is under way, which is told from every other error of the database', async () => {
    const insert = (code: string) => () => Promise.reject(Object.assign(new Error('broken'), { code }));
    const { code } = await refusal(() => requested({ edits: { insert: insert('23505') } }));
    expect(code).toBe('publishing.edit-in-progress');
    await expect(requested({ edits: { insert: insert('08006') } })).rejects.toThrow('broken');
  });
});

describe('the edits of a publication', () => {
  it('are listed for who may see it', async () => {
    const [edits, told] = service();
    expect(await edits.list(WHO, 'publication')).toEqual(['the newest', 'older']);
    expect(told.names).toEqual(['begin reading', 'records.require', 'edits.list', 'commit']);
    expect([told.of('records.require'), told.of('edits.list')]).toEqual([
      [['agency', 'publication']],
      [['agency', 'publication']],
    ]);
  });
});
