import { expect, it } from '@jest/globals';
import { REGION_CODES, regionName } from './regions.js';

it('there are 89 subjects of the federation, each with one code and one name', () => {
  expect(REGION_CODES).toHaveLength(89);
  expect(REGION_CODES.every((code) => /^\d{2}$/.test(code))).toBe(true);
  expect(new Set(REGION_CODES.map(regionName)).size).toBe(89);
  expect([regionName('41'), regionName('77')]).toEqual(['Камчатский край', 'Москва']);
});
