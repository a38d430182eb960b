import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { isInn, IsInn, isKpp, IsKpp, isOgrn, isOgrnip, IsOgrn, IsOgrnOrOgrnip, IsOrganisationInn } from './requisites.js';

describe('requisites of legal entities and entrepreneurs', () => {
  it.each([
    ['7707083893', true],
    ['7707083894', false],
    ['500100732259', true],
    ['500100732258', false],
    ['500100732269', false],
    // The first check digit is wrong, and the second fits it.
    ['500100732266', false],
    // Right, and a digit more.
    ['5001007322597', false],
    ['0110000010', true],
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
    ['010501001', true],
    ['770701010', true],
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
    // A digit before what would be right, and the check digit fits it.
    ['21027700132125', false],
    ['0000000000000', false],
    ['102770013219', false],
  ])('ОГРН %s is %s', (value, expected) => {
    expect(isOgrn(value)).toBe(expected);
  });

  it.each([
    ['304500116000157', true],
    ['304500116000158', false],
    ['104500116000157', false],
    ['1304500116000157', false],
  ])('ОГРНИП %s is %s', (value, expected) => {
    expect(isOgrnip(value)).toBe(expected);
  });

  it.each([
    ['ИНН', isInn, '7707083893'],
    ['КПП', isKpp, '770701001'],
    ['ОГРН', isOgrn, '1027700132195'],
    ['ОГРНИП', isOgrnip, '304500116000157'],
  ] as const)('%s has nothing before and nothing behind it', (_, check, right) => {
    for (const wrong of [`x${right}`, `${right}x`, ` ${right}`, `${right} `, `${right}\n`, `0${right}`, `${right}0`]) {
      expect([wrong, check(wrong)]).toEqual([wrong, false]);
    }
  });
});

class Requisites {
  @IsInn() inn: unknown = '500100732259';
  @IsOrganisationInn() organisationInn: unknown = '7707083893';
  @IsKpp() kpp: unknown = '770701001';
  @IsOgrn() ogrn: unknown = '1027700132195';
  @IsOgrnOrOgrnip() either: unknown = '1027700132195';
}

function refusedFields(changes: Partial<Requisites>): Record<string, string>[] {
  return validateSync(Object.assign(new Requisites(), changes)).map(({ constraints }) => constraints!);
}

describe('a request with requisites', () => {
  it.each<[Partial<Requisites>]>([[{}], [{ either: '304500116000157' }], [{ inn: '7707083893' }]])(
    'is accepted: %j',
    (changes) => {
      expect(refusedFields(changes)).toEqual([]);
    },
  );

  it.each<[Partial<Requisites>, string, string]>([
    [{ inn: '500100732258' }, 'isInn', 'inn must be an ИНН'],
    [{ organisationInn: '500100732259' }, 'isOrganisationInn', 'organisationInn must be an ИНН of an organisation'],
    [{ organisationInn: '7707083894' }, 'isOrganisationInn', 'organisationInn must be an ИНН of an organisation'],
    [{ kpp: '77070100' }, 'isKpp', 'kpp must be a КПП'],
    [{ ogrn: '304500116000157' }, 'isOgrn', 'ogrn must be an ОГРН of 13 digits'],
    [{ either: '304500116000158' }, 'isOgrnOrOgrnip', 'either must be an ОГРН (13 digits) or ОГРНИП'],
    // A number would lose its leading zeros.
    [{ inn: 7_707_083_893 }, 'isInn', 'inn must be an ИНН'],
    [{ kpp: 770_701_001 }, 'isKpp', 'kpp must be a КПП'],
    [{ kpp: null }, 'isKpp', 'kpp must be a КПП'],
  ])('is refused for %j, and told what is wrong', (changes, rule, message) => {
    expect(refusedFields(changes)).toEqual([{ [rule]: expect.stringContaining(message) }]);
  });
});
