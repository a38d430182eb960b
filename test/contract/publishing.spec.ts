import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PostContent, PublishRequest } from '../../src/networks/network.js';
import { callOk, callVk, textTopic } from '../../src/sandbox/spec-support.js';
import { aRequest, ContractWorld, without } from './contract-world.js';
import { BOTH, type Side } from './sides.js';

let world: ContractWorld;
beforeEach(async () => void (world = await ContractWorld.start()));
afterEach(() => world.stop());

const says = (text: string, link?: string): { content: PostContent } => ({
  content: { text, photos: [], ...(link === undefined ? {} : { link }) },
});
const MINUTE = 60_000;

/** Publishes and expects the post on the page. */
async function published(side: Side, changes: Partial<PublishRequest> = {}): Promise<string> {
  const outcome = await side.network.publish(aRequest(side, changes));
  if (outcome.kind !== 'published') throw new Error(JSON.stringify(outcome));
  return outcome.externalId;
}

describe.each(BOTH)('a post on $name', ({ name }) => {
  it('stands on the page, from the page, under the id and the address that were answered', async () => {
    const side = world.side(name);
    const outcome = await side.network.publish(aRequest(side));
    const [post] = side.posts();
    expect(side.posts()).toHaveLength(1);
    expect(post).toMatchObject({ byPage: true, at: world.clock.now(), photos: [], links: [] });
    const url = side.network.postUrl(side.page, post?.id ?? '');
    expect(outcome).toEqual({ kind: 'published', externalId: post?.id, url });
    const place = new URL(url).pathname;
    expect((await fetch(`${world.sandbox.wallsUrl}${place}`)).status).toBe(200);
    expect([side.calls(side.publishing), world.sandbox.ledger.count({ network: name, effect: 'yes' })]).toEqual([1, 1]);
  });

  it.each<[string, string]>([
    ['Cyrillic with every quote', 'Ёлка «Съешь» — “ещё” №1 …'],
    ['lines and paragraphs', 'Первая\nвторая\n\nтретья\r\nчетвёртая\tтабуляция'],
    ['emoji, families and flags', '🎄👨‍👩‍👧‍👦🇷🇺 ☎️ 𝔘'],
    ['what HTML would eat', '<b>&amp; &quot;кавычки&quot;</b> &lt;'],
    ['what a form would eat', 'a+b=c&d%20e;f 100% #тег ?'],
    ['what JSON would eat', 'обратная \\ косая, "кавычки", \\n, {"media":[]}'],
    ['line separators and a soft hyphen', 'до\u2028после\u2029и мягкий\u00ADперенос'],
    ['spaces at both ends', '  с отступом \n'],
    ['another script', 'हिन्दी عربى 漢字 Ş'],
  ])('keeps its text byte for byte: %s', async (_, text) => {
    const side = world.side(name);
    await published(side, says(text));
    expect(Buffer.from(side.posts()[0]?.text ?? '')).toEqual(Buffer.from(text.normalize('NFC')));
  });

  it('composes letters, so that a text has one form everywhere', async () => {
    const side = world.side(name);
    await published(side, says('Ёж и йод'.normalize('NFD')));
    expect(side.posts()[0]?.text).toBe('Ёж и йод'.normalize('NFC'));
  });

  it.each(['https://zarechny.example/novosti?a=1&b=2#c', 'http://xn--e1afmkfd.xn--p1ai/', 'https://пример.рф/путь'])(
    'shows its link %s, with a text and without',
    async (link) => {
      const side = world.side(name);
      await published(side, says('Подробности на сайте', link));
      await published(side, { ...says('', link), marker: 'intent-2' });
      expect(side.posts().map(({ text, links }) => [text, links])).toEqual([
        ['', [link]],
        ['Подробности на сайте', [link]],
      ]);
    },
  );

  it('keeps a link with a comma one link', async () => {
    const side = world.side(name);
    await published(side, says('Карта', 'https://maps.example/@55.75,37.61,12z'));
    const [link = ''] = side.posts()[0]?.links ?? [];
    expect([side.posts()[0]?.links.length, decodeURIComponent(link)]).toEqual([1, 'https://maps.example/@55.75,37.61,12z']);
  });

  it.each(['zarechny.example', 'javascript:alert(1)', 'https://a b', 'ftp://zarechny.example'])(
    'is not sent with a link that is no web address: %s',
    async (link) => {
      const side = world.side(name);
      expect(await side.network.publish(aRequest(side, says('Текст', link)))).toMatchObject({
        kind: 'refused',
        reason: { code: 'bad-link' },
      });
      expect(world.received).toBe(0);
    },
  );

  it('is not sent when it is empty, nor to a page that can’t be', async () => {
    const side = world.side(name);
    expect(await side.network.publish(aRequest(side, says(' \n ')))).toMatchObject({ reason: { code: 'empty-post' } });
    for (const externalId of ['0', '-1', '', 'club1', '1 ']) {
      expect(await side.network.publish(aRequest(side, { page: { externalId } }))).toMatchObject({
        kind: 'refused',
        reason: { code: 'bad-page-id' },
      });
    }
    expect(world.received).toBe(0);
  });

  it('is refused by the network for a page that nobody has', async () => {
    const side = world.side(name);
    const outcome = await side.network.publish(aRequest(side, { page: { externalId: '70000009999999' } }));
    expect(outcome.kind).toBe('refused');
    expect([side.calls(side.publishing), side.posts().length]).toEqual([1, 0]);
  });

  it('is not sent without the secret that publishes', async () => {
    const side = world.side(name);
    const needed = name === 'vk' ? ['communityToken'] : ['applicationKey', 'applicationSecretKey', 'accessToken'];
    for (const secret of needed) {
      const outcome = await side.network.publish(aRequest(side, { credentials: without(side.credentials, secret) }));
      expect(outcome.kind).toBe('refused');
    }
    expect(world.received).toBe(0);
  });
});

describe.each(BOTH)('the longest text on $name', ({ name }) => {
  const fill = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

  it.each(['я', 'ab', '🙂'])('filled with %s: one less and exactly the limit go out, one more is not sent', async (unit) => {
    const side = world.side(name);
    const { limits } = side.network;
    // A picture of two units can't be cut in half, so its "one less" and "one more" are letters.
    const texts = [limits.textLength - 1, limits.textLength, limits.textLength + 1].map(
      (length) => fill(unit, length - (length % unit.length)) + 'я'.repeat(length % unit.length),
    );
    expect(texts.map((text) => side.network.countText(text) - limits.textLength)).toEqual([-1, 0, 1]);
    const [shorter = '', longest = '', longer = ''] = texts;
    await published(side, { ...says(shorter), marker: 'shorter' });
    await published(side, { ...says(longest), marker: 'longest' });
    expect(side.posts().map(({ text }) => text)).toEqual([longest, shorter]);
    expect(await side.network.publish(aRequest(side, says(longer)))).toMatchObject({
      kind: 'refused',
      reason: { code: 'text-too-long' },
    });
    expect(side.calls(side.publishing)).toBe(2);
  });

  it('is where the network itself draws the line', async () => {
    const side = world.side(name);
    const longer = 'я'.repeat(side.network.limits.textLength + 1);
    const { groupId, communityToken } = world.sandbox.credentials.vk;
    const answer =
      name === 'vk'
        ? (await callVk(world.sandbox, 'wall.post', communityToken, { owner_id: -groupId, from_group: 1, message: longer })).error
        : await callOk(world.sandbox, 'mediatopic.post', textTopic(world.sandbox, longer));
    expect(answer).toMatchObject({ error_code: name === 'vk' ? 100 : 601 });
  });

  it('counts composed letters: a decomposed text of twice the limit goes out', async () => {
    const side = world.side(name);
    const text = 'й'.repeat(side.network.limits.textLength).normalize('NFD');
    await published(side, says(text));
    expect(side.posts()[0]?.text).toHaveLength(side.network.limits.textLength);
  });
});

describe('the same publication again', () => {
  const again = (side: Side, changes: Partial<PublishRequest> = {}): PublishRequest => aRequest(side, changes);

  it('within an hour is one VK post, with its id', async () => {
    const side = world.side('vk');
    const first = await published(side);
    world.clock.advance(60 * MINUTE - 1);
    expect(await side.network.publish(again(side))).toMatchObject({ kind: 'published', externalId: first });
    expect([side.posts().length, side.calls('wall.post')]).toEqual([1, 2]);
    expect(world.sandbox.ledger.count({ method: 'wall.post', effect: 'yes' })).toBe(1);
  });

  it('within an hour is one VK post though the first answer was lost', async () => {
    const side = world.side('vk');
    side.next('wall.post').acceptsThenDrops();
    expect((await side.network.publish(again(side))).kind).toBe('unclear');
    world.clock.advance(49 * MINUTE);
    expect(await side.network.publish(again(side))).toMatchObject({ kind: 'published', externalId: side.posts()[0]?.id });
    expect(side.posts()).toHaveLength(1);
  });

  it('is unclear where VK answers a repeat with an error, and one post', async () => {
    const side = world.side('vk');
    world.sandbox.vk.settings.guidRepeat = { refusesWith: 9 };
    await published(side);
    expect(await side.network.publish(again(side))).toMatchObject({ kind: 'unclear', reason: { code: 'flood-control' } });
    expect(side.posts()).toHaveLength(1);
  });

  it('after an hour is a second VK post: the marker protects no longer', async () => {
    const side = world.side('vk');
    await published(side);
    world.clock.advance(60 * MINUTE);
    await published(side);
    expect(side.posts()).toHaveLength(2);
  });

  it('under another marker is a second VK post', async () => {
    const side = world.side('vk');
    await published(side);
    await published(side, { marker: 'intent-2' });
    expect(side.posts()).toHaveLength(2);
  });

  it('is always a second OK topic: OK has no key against repeats', async () => {
    const side = world.side('ok');
    await published(side);
    await published(side);
    expect(side.posts()).toHaveLength(2);
  });
});
