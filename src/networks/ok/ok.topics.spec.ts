import { afterEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../platform/clock/clock.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import type { FindRequest } from '../network.js';
import { ScriptedServer, type ArrivedCall } from '../scripted-server.js';
import { OkNetwork } from './ok.network.js';

type Answer = (fields: Readonly<Record<string, string>>, path: string) => unknown;

const outbound = new Outbound();
const servers: ScriptedServer[] = [];
let calls: readonly ArrivedCall[] = [];

/** OK as a function from a call to its answer. */
async function okThat(answers: Answer): Promise<OkNetwork> {
  const server = new ScriptedServer(({ fields, path }) => answers(fields, path));
  servers.push(server);
  const host = await server.start();
  ({ calls } = server);
  return new OkNetwork(
    { apiUrl: `http://${host}/ok`, authUrl: `http://${host}`, uploadHosts: [host] },
    outbound,
    new SystemClock(),
  );
}
afterEach(async () => {
  await outbound.close();
  for (const server of servers.splice(0)) server.stop();
});

const PAGE = { externalId: '54321' };
const CREDENTIALS = { applicationKey: 'APPKEY', applicationSecretKey: 'appSecret', accessToken: 'tokenSecret' };
const error = (error_code: number, error_msg = '') => ({ error_code, error_msg, error_data: null });

describe('looking for a topic on OK', () => {
  const FROM = new Date('2026-12-01T06:00:00Z');
  const topic = (id: number, changes: object = {}) => ({
    id: String(id),
    created_ms: FROM.getTime() + id * 1_000,
    author_ref: 'group:54321',
    owner_ref: 'group:54321',
    media: [{ type: 'text', text: 'Ремонт моста' }],
    ...changes,
  });
  const aSearch: FindRequest = {
    page: PAGE,
    credentials: CREDENTIALS,
    content: { text: 'Ремонт моста', photos: [] },
    from: FROM,
    to: new Date(FROM.getTime() + 600_000),
  };
  const topics = [
    topic(1),
    topic(2, { author_ref: 'user:5' }),
    topic(3, { media: [{ type: 'text', text: 'Другое' }] }),
    topic(4, {
      media: [
        { type: 'text', text: 'Ремонт моста' },
        { type: 'photo', list: [{ id: 'p' }] },
        { type: 'movie', movie_refs: ['movie:9', 'movie:8'] },
        { type: 'poll', question: 'Где?' },
      ],
    }),
    topic(5, { created_ms: FROM.getTime() - 1 }),
  ];

  it.each([[{ media_topics: topics }], [topics]])('reads both shapes of the list and matches', async (answer) => {
    const found = await (await okThat(() => answer)).find(aSearch);
    if (found.kind !== 'done') throw new Error(found.reason.message);
    expect(found.value.matches.map(({ externalId }) => externalId)).toEqual(['1']);
    expect(found.value.seen.map(({ externalId }) => externalId)).toEqual(['4', '3', '2', '1', '5']);
    expect(found.value.seen[0]).toMatchObject({
      ...{ photoCount: 1, videoCount: 2, documentCount: 0, hasPoll: true },
      attachments: ['p', 'movie:9', 'movie:8'],
    });
  });

  it.each([[{}], [null], ['x'], [[{ id: '1' }]], [{ media_topics: [topic(1, { created_ms: null })] }], [error(1)]])(
    'concludes nothing from %j',
    async (answer) => expect((await (await okThat(() => answer)).find(aSearch)).kind).toBe('retryLater'),
  );
});

describe('deleting a topic on OK', () => {
  it.each([
    [{ success: true, restore_id: 'r' }, 'done'],
    [error(300), 'done'],
    [error(10), 'credentialLost'],
    [{ success: false }, 'retryLater'],
  ])('answers %j as %s', async (answer, kind) => {
    const ok = await okThat(() => answer);
    expect((await ok.delete(PAGE, CREDENTIALS, '7')).kind).toBe(kind);
    expect(calls.map(({ fields }) => [fields['topic_id'], fields['gid']])).toEqual([['7', '54321']]);
  });

  it('tries the other name of the parameter when OK refuses the first', async () => {
    const ok = await okThat(({ delete_id }) => (delete_id === '7' ? { success: true } : error(100)));
    expect(await ok.delete(PAGE, CREDENTIALS, '7')).toEqual({ kind: 'done', value: undefined });
  });
});
