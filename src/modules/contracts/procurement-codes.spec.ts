import { describe, expect, it } from '@jest/globals';
import { parseProcurementCode, procurementCodeProblem, REGISTRY_NUMBER, STATE_CONTRACT_ID } from './procurement-codes.js';

const CODE = '263770012345977000100100010017021244';
const CUSTOMER = { inn: '7700123459', kpp: '770001001' };

describe('an ИКЗ', () => {
  it('tells year, customer, plan line, purchase, class and kind of expenditure', () => {
    expect(parseProcurementCode(CODE)).toEqual({
      ...{ year: '26', customerInn: '7700123459', customerKpp: '770001001', planLine: '0001', purchase: '001' },
      ...{ okpd2: '7021', expenditure: '244' },
    });
  });

  it.each<[string, string, RegExp | undefined]>([
    ['of the customer', CODE, undefined],
    ['of 35 digits', CODE.slice(1), /36 digits/],
    ['of 37 digits', `${CODE}0`, /36 digits/],
    ['with a letter', CODE.replace('2', 'O'), /36 digits/],
    ['of another ИНН', CODE.replace('7700123459', '7707083893'), /ИНН/],
    ['of another КПП', CODE.replace('770001001', '770001002'), /КПП/],
  ])('%s', (_, code, problem) => {
    const found = procurementCodeProblem(code, CUSTOMER);
    if (problem) expect(found).toMatch(problem);
    else expect(found).toBeUndefined();
  });
});

describe('the other codes', () => {
  it.each<[RegExp, number, boolean]>([
    [STATE_CONTRACT_ID, 20, true],
    [STATE_CONTRACT_ID, 25, true],
    [STATE_CONTRACT_ID, 21, false],
    [REGISTRY_NUMBER, 19, true],
    [REGISTRY_NUMBER, 20, false],
  ])('%s takes %i digits: %s', (pattern, digits, isGood) => {
    expect(pattern.test('1'.repeat(digits))).toBe(isGood);
  });
});
