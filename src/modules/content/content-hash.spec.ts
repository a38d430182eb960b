import { describe, expect, it } from '@jest/globals';
import { contentHash, pollHash } from './content-hash.js';
import type { PostMedia, Variant } from './post.js';

type Hashed = Pick<PostMedia, 'kind' | 'sha256' | 'title'>;

const poll = { question: 'Где ставить ёлку?', answers: ['В парке', 'У порта'], anonymous: true, multiple: false };
const vk: Variant = { network: 'vk', text: 'День посёлка', link: null, poll: null };
const ok: Variant = { network: 'ok', text: 'День посёлка в субботу', link: 'https://elizovo.example/day', poll };
const photo = (sha256: string): Hashed => ({ kind: 'photo', sha256, title: null });
const a = photo('a');
const b = photo('b');
const video: Hashed = { kind: 'video', sha256: 'v', title: 'Парад' };
const document: Hashed = { kind: 'document', sha256: 'd', title: 'Смета.pdf' };

describe('the content hash', () => {
  it('does not depend on the order of variants', () => {
    expect(contentHash([vk, ok], [a])).toBe(contentHash([ok, vk], [a]));
  });

  it.each<[string, Variant[], Hashed[]]>([
    ['a letter of a text', [{ ...vk, text: 'День поселка' }, ok], [a, b]],
    ['a trailing space', [{ ...vk, text: `${vk.text} ` }, ok], [a, b]],
    ['a link', [vk, { ...ok, link: null }], [a, b]],
    ['a variant less', [vk], [a, b]],
    [
      'texts of two networks swapped',
      [
        { ...vk, text: ok.text, link: ok.link, poll },
        { ...ok, text: vk.text, link: vk.link, poll: null },
      ],
      [a, b],
    ],
    ['the order of photos', [vk, ok], [b, a]],
    ['a photo less', [vk, ok], [a]],
    ['a text moved into a photo', [vk, ok], [a, b, photo('')]],
    ['a poll less', [vk, { ...ok, poll: null }], [a, b]],
    ['a question', [vk, { ...ok, poll: { ...poll, question: 'Где?' } }], [a, b]],
    ['the order of answers', [vk, { ...ok, poll: { ...poll, answers: ['У порта', 'В парке'] } }], [a, b]],
    ['what a voter may do', [vk, { ...ok, poll: { ...poll, multiple: true } }], [a, b]],
    ['who sees the votes', [vk, { ...ok, poll: { ...poll, anonymous: false } }], [a, b]],
    ['a video more', [vk, ok], [a, b, video]],
    ['the same bytes as another kind', [vk, ok], [a, { ...document, sha256: 'b', title: null }]],
  ])('changes with %s', (_, variants, media) => {
    expect(contentHash(variants, media)).not.toBe(contentHash([vk, ok], [a, b]));
  });

  it.each([video, document])('changes with the name under which a $kind goes out', (file) => {
    expect(contentHash([vk], [file])).not.toBe(contentHash([vk], [{ ...file, title: 'Другое' }]));
  });

  it('stays what it was: approvals in databases depend on it', () => {
    expect(contentHash([vk], [])).toBe('62c20689ce2180c957e18949f729269f7ab1947bc3ad2c9035517156641e845c');
  });
});

it('a poll is another when anything in it is', () => {
  const others = [{ question: 'Где?' }, { answers: ['В парке'] }, { anonymous: false }, { multiple: true }];
  const hashes = [poll, ...others.map((change) => ({ ...poll, ...change }))].map(pollHash);
  expect(new Set(hashes).size).toBe(hashes.length);
});
