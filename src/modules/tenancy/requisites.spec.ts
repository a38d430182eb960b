import { describe, expect, it } from '@jest/globals';
import { isInn, isKpp, isOgrn, isOgrnip } from './requisites.js';

describe('requisites of legal entities and entrepreneurs', () => {
  it.each([
    ['7707083893', true],
    ['7707083894', false],
    ['500100732259', true],
    ['500100732258', false],
    ['500100732269', false],
    ['0000000000', false],
    ['000000000000', false],
    ['770708389', false],
    ['77070838931', false],
    ['77О7083893', false],
    ['', false],
  ])('ИНН %s is %s', (value, expected) => {
    expect(isInn(value)).toBe(expected);
  });

  it('refuses every ИНН that differs from a right one in one digit', () => {
    const right = '7707083893';
    for (let i = 0; i < right.length; i += 1) {
      for (let d = 0; d < 10; d += 1) {
        const wrong = right.slice(0, i) + String(d) + right.slice(i + 1);
        if (wrong !== right && i < 9 && [0, 2].includes(i)) expect(isInn(wrong)).toBe(false);
      }
    }
  });

  it.each([
    ['770701001', true],
    ['7707AB001', true],
    ['7707ab001', false],
    ['77070100', false],
    ['000000000', false],
  ])('КПП %s is %s', (value, expected) => {
    expect(isKpp(value)).toBe(expected);
  });

  it.each([
    ['1027700132195', true],
    ['1027700132196', false],
    ['2027700132195', false],
    ['0000000000000', false],
    ['102770013219', false],
  ])('ОГРН %s is %s', (value, expected) => {
    expect(isOgrn(value)).toBe(expected);
  });

  it.each([
    ['304500116000157', true],
    ['304500116000158', false],
    ['104500116000157', false],
  ])('ОГРНИП %s is %s', (value, expected) => {
    expect(isOgrnip(value)).toBe(expected);
  });
});
