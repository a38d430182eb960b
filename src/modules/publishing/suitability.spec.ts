import { describe, expect, it } from '@jest/globals';
import { type Capability, CAPABILITIES, type CapabilityMap } from '../../networks/network.js';
import type { MediaKind } from '../content/media.js';
import type { PostMedia, Variant } from '../content/post.js';
import { unsuitable } from './suitability.js';

const poll = { question: 'Где?', answers: ['Там', 'Тут'], anonymous: true, multiple: false };
const variant: Variant = { network: 'vk', text: '', link: null, poll: null };
const media = (kind: MediaKind): PostMedia => ({
  ...{ mediaId: 'm', kind, type: 'image/jpeg', title: null, bytes: 1, sha256: 'a', storageKey: 'k' },
});
const except = (missing: Capability | undefined, reason?: string): CapabilityMap =>
  Object.fromEntries(
    CAPABILITIES.map((name) => [
      name,
      { allowed: name !== missing, ...(name === missing && reason !== undefined && { reason }) },
    ]),
  ) as CapabilityMap;
const page = (capabilities: CapabilityMap | null, status: 'connected' | 'broken' = 'connected') =>
  ({ network: 'vk', status, capabilities }) as const;

const NEEDS: [string, Capability, Partial<Variant>, PostMedia[]][] = [
  ['a text', 'publishText', { text: 'Текст' }, []],
  ['a link', 'publishLink', { link: 'https://elizovo.example/' }, []],
  ['a photo', 'publishPhoto', {}, [media('photo')]],
  ['a video', 'publishVideo', {}, [media('video')]],
  ['a document', 'publishDocument', {}, [media('document')]],
  ['a poll', 'publishPoll', { poll }, []],
];

describe('a post on a page', () => {
  it.each(NEEDS)('with %s needs a key that may %s, and nothing else', (_, needed, changes, files) => {
    const post = { variants: [{ ...variant, ...changes }], media: files };
    expect(unsuitable(post, page(except(undefined)))).toBeUndefined();
    for (const missing of CAPABILITIES) {
      const told = unsuitable(post, page(except(missing, 'Дайте право')));
      expect([missing, told]).toEqual([missing, missing === needed ? 'Дайте право' : undefined]);
    }
    expect(unsuitable(post, page(except(needed)))).toMatch(/Ключи этой страницы/);
  });

  it('needs a text for the network, and a page that is connected', () => {
    const post = { variants: [{ ...variant, text: 'Текст' }], media: [] };
    expect(unsuitable({ ...post, variants: [{ ...variant, network: 'ok' }] }, page(except(undefined)))).toMatch(/нет текста/);
    expect(unsuitable(post, page(except(undefined), 'broken'))).toMatch(/не подключена/);
    expect(unsuitable(post, page(null))).toMatch(/не подключена/);
  });

  it('can’t do what a page connected long ago was never asked about', () => {
    const post = { variants: [{ ...variant, poll }], media: [] };
    expect(unsuitable(post, page({} as CapabilityMap))).toMatch(/Ключи этой страницы/);
  });

  it('takes the variant of the page’s own network', () => {
    const variants = [
      { ...variant, network: 'ok' as const, poll },
      { ...variant, text: 'Текст' },
    ];
    expect(unsuitable({ variants, media: [] }, page(except('publishPoll', 'Опросов нет')))).toBeUndefined();
  });
});
