import { afterEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../platform/clock/clock.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import type { FindRequest } from '../network.js';
import { ScriptedServer } from '../scripted-server.js';
import { VkNetwork } from './vk.network.js';

type Fields = Readonly<Record<string, string>>;
type Answer = (fields: Fields, method: string) => unknown;

const outbound = new Outbound();
const servers: ScriptedServer[] = [];
let calls: { method: string; fields: Fields }[] = [];

/** VK as a function from a call to its answer. */
async function vkThat(answers: Answer): Promise<VkNetwork> {
  calls = [];
  const server = new ScriptedServer(({ path, fields }) => {
    const method = path.split('/').at(-1) ?? '';
    calls.push({ method, fields });
    return answers(fields, method);
  });
  servers.push(server);
  return new VkNetwork(
    { apiUrl: `http://${await server.start()}`, idUrl: 'http://127.0.0.1:9', uploadHosts: [] },
    outbound,
    new SystemClock(),
  );
}
afterEach(async () => {
  await outbound.close();
  for (const server of servers.splice(0)) server.stop();
});

const PAGE = { externalId: '77' };
const FROM = new Date('2026-12-01T06:00:00Z');
const at = (seconds: number) => FROM.getTime() / 1_000 + seconds;
const error = (error_code: number, error_msg = '') => ({ error: { error_code, error_msg } });
const post = (id: number, changes: object = {}) => ({
  id,
  from_id: -77,
  owner_id: -77,
  date: at(id),
  text: 'Ремонт моста',
  ...changes,
});
const wall = (...items: object[]) => ({ response: { count: items.length, items } });
const others = (count: number) => Array.from({ length: count }, (_, index) => post(500 - index, { text: 'другое' }));
const aSearch = (changes: Partial<FindRequest> = {}): FindRequest => ({
  page: PAGE,
  credentials: { communityToken: 'c', serviceToken: 's' },
  content: { text: 'Ремонт моста', photos: [] },
  from: FROM,
  to: new Date(FROM.getTime() + 600_000),
  ...changes,
});
const idsOf = (posts: readonly { externalId: string }[]) => posts.map(({ externalId }) => externalId);

describe('looking for a post on a VK wall', () => {
  it('matches by author, time, text and number of photos, and shows all it saw, newest first', async () => {
    const photo = { type: 'photo', photo: { id: 3, owner_id: -77 } };
    const vk = await vkThat(() =>
      wall(
        post(1, { is_pinned: 1, date: at(-9_000) }),
        post(9, { from_id: 5 }),
        post(8, { text: 'Ремонт дороги' }),
        post(7, { attachments: [photo, { type: 'video', video: { id: 2, owner_id: -77 } }, { type: 'poll', poll: { id: 5 } }] }),
        post(6, { text: ' Ремонт\r\nмоста ' }),
        post(5, { date: at(-1) }),
        post(4, { date: at(601) }),
      ),
    );
    const found = await vk.find(aSearch());
    if (found.kind !== 'done') throw new Error(found.reason.message);
    expect(idsOf(found.value.matches)).toEqual(['6']);
    expect(idsOf(found.value.seen)).toEqual(['4', '9', '8', '7', '6', '5', '1']);
    expect(found.value.seen[3]).toMatchObject({
      ...{ photoCount: 1, videoCount: 1, documentCount: 0, hasPoll: true },
      attachments: ['photo-77_3', 'video-77_2'],
      url: 'https://vk.com/wall-77_7',
      byPage: true,
    });
    expect(calls[0]).toMatchObject({ method: 'wall.get', fields: { owner_id: '-77', filter: 'owner', access_token: 's' } });
  });

  it('sees the same text through escapes and another Unicode form', async () => {
    const vk = await vkThat(() => wall(post(1, { text: 'Ремонт &quot;моста&quot; &amp; йода'.normalize('NFD') })));
    const found = await vk.find(aSearch({ content: { text: 'Ремонт "моста" & йода', photos: [] } }));
    expect(found.kind === 'done' && idsOf(found.value.matches)).toEqual(['1']);
  });

  it('reads on until the window’s beginning is behind, whatever is pinned', async () => {
    const items = Array.from({ length: 45 }, (_, index) => post(500 - index, { text: 'другое', date: at(400 - index * 10) }));
    const all = [post(1, { is_pinned: 1, date: at(-99_999) }), ...items];
    const vk = await vkThat(({ offset, count }) => wall(...all.slice(Number(offset), Number(offset) + Number(count))));
    const found = await vk.find(aSearch());
    expect(found.kind === 'done' && found.value.seen).toHaveLength(46);
    expect(calls.map(({ fields }) => fields['offset'])).toEqual(['0', '20']);
    expect(found.requests).toBe(2);
  });

  it.each([
    ['retryLater', 'the second page can’t be read', error(6)],
    ['refused', 'the window begins before the hundredth post', wall(...others(80))],
  ])('says %s and that it asked twice when %s', async (kind, _, second) => {
    const vk = await vkThat(({ offset }) => (offset === '0' ? wall(...others(20)) : second));
    expect(await vk.find(aSearch())).toMatchObject({ kind, requests: 2 });
  });

  it('uses a user token when there is no service token, and says so when there is neither', async () => {
    const vk = await vkThat(() => wall());
    await vk.find(aSearch({ credentials: { communityToken: 'c', userToken: 'u' } }));
    expect(calls[0]?.fields['access_token']).toBe('u');
    expect(await vk.find(aSearch({ credentials: { communityToken: 'c' } }))).toMatchObject({
      kind: 'refused',
      reason: { code: 'capability-missing' },
    });
  });

  it.each([[{ response: {} }], [{ response: { items: [{ id: 1 }] } }], [null], [error(10)]])(
    'concludes nothing from %j',
    async (answer) => {
      const vk = await vkThat(() => answer);
      expect((await vk.find(aSearch())).kind).toBe('retryLater');
    },
  );
});

describe('deleting a post on VK', () => {
  it.each([
    [{ response: 1 }, 'done'],
    [error(104), 'done'],
    [error(210), 'refused'],
    [error(5), 'credentialLost'],
    [{ response: 0 }, 'retryLater'],
  ])('answers %j as %s', async (answer, kind) => {
    const vk = await vkThat(() => answer);
    expect((await vk.delete(PAGE, { communityToken: 'c', userToken: 'u' }, '5')).kind).toBe(kind);
    expect(calls[0]).toMatchObject({ method: 'wall.delete', fields: { owner_id: '-77', post_id: '5', access_token: 'u' } });
  });

  it('needs a user token', async () => {
    const vk = await vkThat(() => ({ response: 1 }));
    expect(await vk.delete(PAGE, { communityToken: 'c' }, '5')).toMatchObject({
      kind: 'refused',
      reason: { code: 'capability-missing' },
    });
  });
});

describe('describing a VK community', () => {
  const group = {
    id: 77,
    name: 'Администрация',
    screen_name: 'adm',
    site: 'https://adm.ru',
    contacts: [{ user_id: 1 }, { phone: '+7', email: 'a@adm.ru' }],
    addresses: { main_address: { address: 'Ленина, 1' } },
    members_count: 10,
    is_government_organization: true,
  };

  it.each([[{ groups: [group], profiles: [] }], [[group]]])('reads both shapes of the answer', async (response) => {
    const vk = await vkThat(() => ({ response }));
    expect(await vk.describePage(PAGE, { communityToken: 'c' })).toEqual({
      kind: 'done',
      value: {
        externalId: '77',
        name: 'Администрация',
        url: 'https://vk.com/adm',
        screenName: 'adm',
        site: 'https://adm.ru',
        phone: '+7',
        email: 'a@adm.ru',
        address: 'Ленина, 1',
        membersCount: 10,
        governmentMark: true,
      },
    });
  });
});
