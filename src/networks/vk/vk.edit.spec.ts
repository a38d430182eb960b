import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EditRequest, PostContent, PublishRequest } from '../network.js';
import { dropped, raw } from '../scripted-server.js';
import type { VkNetwork } from './vk.network.js';
import { CREDENTIALS, PAGE, ScriptedVk, vkError } from './vk.spec-support.js';

const scripted = new ScriptedVk();
const { calls } = scripted;
let vk: VkNetwork;

beforeAll(async () => {
  vk = await scripted.start();
});
afterAll(() => scripted.stop());
beforeEach(() => scripted.reset());

const POLL = { question: 'Где?', answers: ['Тут', 'Там'], anonymous: true, multiple: false, attachment: 'poll-77_5' };
const FULL: PostContent = {
  ...{ text: 'Ремонт моста', photos: ['photo-77_1'], videos: ['video-77_2_k'], documents: ['doc-77_3'] },
  ...{ poll: POLL, link: 'https://example.ru/a,b' },
};
const ALL = 'photo-77_1,video-77_2_k,doc-77_3,poll-77_5,https://example.ru/a%2Cb';
const sendBefore = () => new Date(Date.now() + 3_000);
const anEdit = (changes: Partial<EditRequest> = {}): EditRequest => ({
  ...{
    page: PAGE,
    credentials: CREDENTIALS,
    externalId: '501',
    content: { text: 'Мост открыт', photos: [] },
    sendBefore: sendBefore(),
  },
  ...changes,
});
const aPublication = (content: PostContent, credentials: Record<string, string> = CREDENTIALS): PublishRequest => ({
  ...{ page: PAGE, credentials, content, marker: 'm', sendBefore: sendBefore() },
});

describe('publishing what is more than text and photos on VK', () => {
  it('attaches photos, videos, documents, the poll and the link in one post', async () => {
    scripted.plays = { 'wall.post': [{ response: { post_id: 501 } }] };
    expect((await vk.publish(aPublication(FULL))).kind).toBe('published');
    expect(calls[0]?.fields).toMatchObject({ attachments: ALL, access_token: CREDENTIALS.userToken });
  });

  it('takes the community’s token for documents and the user’s for a video or a poll', async () => {
    scripted.plays = { 'wall.post': [{ response: { post_id: 501 } }] };
    const bare = { text: 'Текст', photos: [] };
    const kinds: PostContent[] = [
      { ...bare, documents: ['doc-77_3'] },
      { ...bare, videos: ['video-77_2'] },
      { ...bare, poll: POLL },
    ];
    for (const content of kinds) await vk.publish(aPublication(content));
    const { communityToken, userToken } = CREDENTIALS;
    expect(calls.map(({ fields }) => fields['access_token'])).toEqual([communityToken, userToken, userToken]);
    for (const content of kinds.slice(1))
      expect(await vk.publish(aPublication(content, { communityToken }))).toMatchObject({
        kind: 'refused',
        reason: { code: 'capability-missing' },
      });
  });

  it.each<Partial<PostContent>>([
    { videos: ['photo-1_1'] },
    { videos: ['video-1_1,doc-1_1'] },
    { documents: ['https://evil.example'] },
    { poll: { ...POLL, attachment: undefined } },
    { poll: { ...POLL, attachment: 'poll-1_1_k' } },
  ])('sends nothing under an id that was never an upload’s: %j', async (changes) => {
    const outcome = await vk.publish(aPublication({ text: 'Текст', photos: [], ...changes }));
    expect(outcome).toMatchObject({ kind: 'refused', reason: { code: 'bad-attachment' } });
    expect(calls).toEqual([]);
  });
});

describe('editing a post on VK', () => {
  it('replaces the text and all attachments, and names no date: with one VK would publish it again', async () => {
    scripted.plays = { 'wall.edit': [{ response: { post_id: 501 } }] };
    expect(await vk.edit(anEdit({ content: FULL }))).toEqual({ kind: 'edited' });
    expect(calls.map(({ path }) => path)).toEqual(['/vk/method/wall.edit']);
    expect(calls[0]?.fields).toEqual({
      ...{ v: '5.199', access_token: CREDENTIALS.userToken, owner_id: '-77', post_id: '501' },
      ...{ message: 'Ремонт моста', attachments: ALL },
    });
  });

  it('takes everything off that the new content has not', async () => {
    scripted.plays = { 'wall.edit': [{ response: 1 }] };
    expect((await vk.edit(anEdit())).kind).toBe('edited');
    expect(calls[0]?.fields).toMatchObject({ message: 'Мост открыт', attachments: '' });
  });

  it.each<[string, unknown]>([
    ['another post', { response: { post_id: 502 } }],
    ['a zero', { response: 0 }],
    ['HTML', raw(200, '<html>')],
    ['HTTP 502', raw(502, '')],
    ['a dropped connection', dropped],
    ['an internal error', vkError(10)],
    ['an unknown code', vkError(4242)],
  ])('is unclear after %s, and asks once only', async (_, answer) => {
    scripted.plays = { 'wall.edit': [answer] };
    expect((await vk.edit(anEdit())).kind).toBe('unclear');
    expect(calls).toHaveLength(1);
  });

  it.each<[number, string]>([
    [100, 'refused'],
    [6, 'retryLater'],
    [5, 'credentialLost'],
    [14, 'needsPerson'],
  ])('knows a certain refusal: %i', async (code, kind) => {
    scripted.plays = { 'wall.edit': [vkError(code)] };
    expect((await vk.edit(anEdit())).kind).toBe(kind);
  });

  it('sends nothing that can’t be right, and nothing too late', async () => {
    const refused = async (changes: Partial<EditRequest>) => {
      const outcome = await vk.edit(anEdit(changes));
      return 'reason' in outcome ? [outcome.kind, outcome.reason.code] : outcome.kind;
    };
    expect(await refused({ externalId: 'x' })).toEqual(['refused', 'bad-post-id']);
    expect(await refused({ content: { text: ' ', photos: [] } })).toEqual(['refused', 'empty-post']);
    expect(await refused({ credentials: { communityToken: 'c' } })).toEqual(['refused', 'capability-missing']);
    expect(await refused({ sendBefore: new Date(0) })).toEqual(['retryLater', 'deadline-passed']);
    expect(calls).toEqual([]);
  });
});
