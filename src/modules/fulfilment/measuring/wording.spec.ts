import { describe, expect, it } from '@jest/globals';
import { duration, plural } from './wording.js';

describe('words for people', () => {
  it.each([
    [1, '1 пост'],
    [2, '2 поста'],
    [5, '5 постов'],
    [11, '11 постов'],
    [13, '13 постов'],
    [21, '21 пост'],
    [112, '112 постов'],
    [122, '122 поста'],
  ])('go with %i', (count, expected) => {
    expect(plural(count, 'пост', 'поста', 'постов')).toBe(expected);
  });

  it.each([
    [0, 'меньше минуты'],
    [60, '1 ч'],
    [80, '1 ч 20 мин'],
    [1_500, '1 дн. 1 ч'],
  ])('tell %i minutes', (minutes, expected) => {
    expect(duration(minutes)).toBe(expected);
  });
});
