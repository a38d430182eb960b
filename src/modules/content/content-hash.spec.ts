import { describe, expect, it } from '@jest/globals';
import { contentHash } from './content-hash.js';
import type { Variant } from './post.js';

const vk: Variant = { network: 'vk', text: 'День посёлка', link: null };
const ok: Variant = { network: 'ok', text: 'День посёлка в субботу', link: 'https://elizovo.example/day' };

describe('the content hash', () => {
  it('does not depend on the order of variants', () => {
    expect(contentHash([vk, ok], ['a'])).toBe(contentHash([ok, vk], ['a']));
  });

  it.each<[string, Variant[], string[]]>([
    ['a letter of a text', [{ ...vk, text: 'День поселка' }, ok], ['a', 'b']],
    ['a trailing space', [{ ...vk, text: `${vk.text} ` }, ok], ['a', 'b']],
    ['a link', [vk, { ...ok, link: null }], ['a', 'b']],
    ['a variant less', [vk], ['a', 'b']],
    [
      'texts of two networks swapped',
      [
        { ...vk, text: ok.text, link: ok.link },
        { ...ok, text: vk.text, link: vk.link },
      ],
      ['a', 'b'],
    ],
    ['the order of photos', [vk, ok], ['b', 'a']],
    ['a photo less', [vk, ok], ['a']],
    ['a text moved into a photo', [vk, ok], ['a', 'b', '']],
  ])('changes with %s', (_, variants, media) => {
    expect(contentHash(variants, media)).not.toBe(contentHash([vk, ok], ['a', 'b']));
  });

  it('stays what it was: approvals in databases depend on it', () => {
    expect(contentHash([vk], [])).toBe('62c20689ce2180c957e18949f729269f7ab1947bc3ad2c9035517156641e845c');
  });
});
