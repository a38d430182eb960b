import { describe, expect, it } from '@jest/globals';
import { contrastToWhite, LEAST_CONTRAST, USUAL_LOOK } from './look.js';

describe('the colour of a report', () => {
  it.each([
    ['#000000', 21],
    ['#ffffff', 1],
    ['#767676', 4.54],
  ])('%s has a contrast of %f to white', (colour, contrast) => {
    expect(contrastToWhite(colour)).toBeCloseTo(contrast, 2);
  });

  it('is usually readable', () => {
    expect(contrastToWhite(USUAL_LOOK.accent)).toBeGreaterThan(LEAST_CONTRAST);
  });
});
