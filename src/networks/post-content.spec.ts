import { describe, expect, it } from '@jest/globals';
import type { NetworkLimits } from './network.js';
import { contentProblem, photoProblem, textLength } from './post-content.js';

const LIMITS: NetworkLimits = {
  textLength: 15_000,
  photos: 10,
  photoBytes: 10,
  photoSideSum: 14_000,
  photoAspect: 20,
  photoTypes: ['image/jpeg', 'image/png'],
  links: 1,
  attachments: 10,
};

const content = (text: string, photos: string[] = [], link?: string) => ({
  text,
  photos,
  ...(link === undefined ? {} : { link }),
});

describe('counting a text', () => {
  it.each([
    ['', 0],
    ['Привет', 6],
    ['й', 1], // и + breve become one letter
    ['ё', 1],
    ['a\r\nb', 4],
    ['🙂', 2], // two code units: the stricter reading
    ['👨‍👩‍👧', 8],
    ['🇷🇺', 4],
  ])('%p counts %i', (text, length) => expect(textLength(text)).toBe(length));

  it('never counts fewer than the code points or characters that a network might count', () => {
    for (const text of ['ёлка 🎄', '𝔘', 'ÅÅ', 'हिन्दी'])
      expect(textLength(text)).toBeGreaterThanOrEqual([...text.normalize('NFC')].length);
  });
});

describe('a post that a network would refuse', () => {
  it.each([
    ['', [], undefined, 'empty-post'],
    [' \n', [], undefined, 'empty-post'],
    ['a'.repeat(15_001), [], undefined, 'text-too-long'],
    ['🙂'.repeat(7_501), [], undefined, 'text-too-long'],
    ['a', Array.from({ length: 11 }, () => 'photo1_1'), undefined, 'too-many-photos'],
    ['a', [], 'example.ru', 'bad-link'],
    ['a', [], 'https://a.ru b', 'bad-link'],
    ['a', [], 'javascript:alert(1)', 'bad-link'],
  ])('is found before it is sent', (text, photos, link, code) => {
    expect(contentProblem('ВКонтакте', LIMITS, content(text, photos, link))?.code).toBe(code);
  });

  it.each([content('a'), content('a'.repeat(15_000)), content('', ['photo1_1']), content('', [], 'https://пример.рф/a?b=1,2')])(
    'is not a post within the limits',
    (post) => expect(contentProblem('ВКонтакте', LIMITS, post)).toBeUndefined(),
  );

  it('refuses an empty, a too large and a WebP photo', () => {
    const problem = (bytes: number, type: 'image/jpeg' | 'image/webp') =>
      photoProblem('ВКонтакте', LIMITS, { bytes: new Uint8Array(bytes), type })?.code;
    expect([problem(0, 'image/jpeg'), problem(11, 'image/jpeg'), problem(5, 'image/webp'), problem(10, 'image/jpeg')]).toEqual([
      'photo-rejected',
      'photo-rejected',
      'photo-rejected',
      undefined,
    ]);
  });
});
