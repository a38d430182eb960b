import { describe, expect, it } from '@jest/globals';
import { logoSize, whyNoLogo } from './logo.js';

const PHOTO = { kind: 'photo', type: 'image/png', bytes: 40_000, width: 600, height: 200 } as const;

describe('a logo', () => {
  it.each([
    ['a picture', {}, undefined],
    ['a video', { kind: 'video', type: 'video/mp4', width: null, height: null }, 'A logo is a PNG or JPEG picture'],
    ['a heavy one', { bytes: 600_000 }, 'A logo has at most 512 KiB'],
    ['a dot', { width: 20, height: 20 }, 'A logo’s sides are 64 to 4000 pixels long'],
    ['a poster', { width: 4_100, height: 4_100 }, 'A logo’s sides are 64 to 4000 pixels long'],
    ['a ribbon', { width: 2_000, height: 100 }, 'A logo is at most 8 times as wide as high, and at most twice as high as wide'],
    ['a pillar', { width: 100, height: 300 }, 'A logo is at most 8 times as wide as high, and at most twice as high as wide'],
  ])('%s', (_, changes, reason) => {
    expect(whyNoLogo({ ...PHOTO, ...changes } as Parameters<typeof whyNoLogo>[0])).toBe(reason);
  });

  it.each([
    [600, 200, 42, 14],
    [200, 200, 14, 14],
    [1_600, 200, 70, 8.75],
  ])('of %i by %i pixels is %d by %d mm on paper', (width, height, wide, high) => {
    expect(logoSize({ width, height })).toEqual({ width: wide, height: high });
  });
});
