import { describe, expect, it } from '@jest/globals';
import { judgeSides, PHOTO_LIMITS, type PhotoRejectionCode, rejectPhoto } from './photo.js';

describe('the sides of a photo', () => {
  it.each<[number, number, PhotoRejectionCode | undefined]>([
    [1_200, 800, undefined],
    [50, 50, undefined],
    [49, 50, 'content.photo-too-small'],
    [0, 0, 'content.photo-too-small'],
    [1_000, 50, undefined],
    [1_001, 50, 'content.photo-too-elongated'],
    [1_000, 49, 'content.photo-too-elongated'],
    [8_256, 5_504, undefined],
    [8_000, 6_000, undefined],
    [8_001, 6_000, 'content.photo-too-large'],
    [7_000, 7_000, 'content.photo-too-large'],
    [13_500, 501, 'content.photo-too-large'],
    [65_500, 65_500, 'content.photo-too-large'],
  ])('%i × %i upright or turned is %s', (width, height, verdict) => {
    expect([judgeSides(width, height, PHOTO_LIMITS), judgeSides(height, width, PHOTO_LIMITS)]).toEqual([verdict, verdict]);
  });
});

describe('a rejection', () => {
  const CODES: PhotoRejectionCode[] = [
    'content.photo-empty',
    'content.photo-too-heavy',
    'content.photo-type-unsupported',
    'content.photo-animated',
    'content.photo-damaged',
    'content.photo-too-small',
    'content.photo-too-large',
    'content.photo-too-elongated',
    'content.photo-too-complex',
  ];

  it.each(CODES)('%s says in both languages what to do next', (code) => {
    const { message } = rejectPhoto(code, PHOTO_LIMITS);
    expect(message.ru).toMatch(/(Выберите|Уменьшите|Сохраните|Загрузите|Обрежьте) /);
    expect(message.en).toMatch(/(Choose|Make|Save|Upload|Crop) /);
  });

  it('names the limit as people read it', () => {
    expect(rejectPhoto('content.photo-too-heavy', PHOTO_LIMITS).message.en).toContain('20 MB');
    expect(rejectPhoto('content.photo-too-large', PHOTO_LIMITS).message.ru).toContain('до 48 мегапикселей');
  });

  it('names the format that was recognised, and leaves it out when none was', () => {
    expect(rejectPhoto('content.photo-type-unsupported', PHOTO_LIMITS, 'HEIC').message.ru).toContain('(похоже на HEIC)');
    expect(rejectPhoto('content.photo-type-unsupported', PHOTO_LIMITS, '').message.ru).not.toContain('(');
  });
});
