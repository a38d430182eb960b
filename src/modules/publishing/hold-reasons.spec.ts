import { describe, expect, it } from '@jest/globals';
import { type HoldCode, holdReason, RELEASED, WORKER_LOST } from './hold-reasons.js';

const CODES: HoldCode[] = [
  ...(['too-late', 'contractor-suspended', 'not-approved', 'no-contract', 'quiet-period', 'page-not-connected'] as const),
  ...([
    'found-several',
    'absent',
    'repeat-too-late',
    'no-control',
    'cannot-look',
    'past-contract',
    'past-contract-by-hand',
  ] as const),
];

describe('why a publication is held', () => {
  it.each(CODES)('%s is said in Russian, with its code', (code) => {
    const { code: told, message } = holdReason(code);
    expect([told, message]).toEqual([code, expect.stringMatching(/^[А-Я][^{}]{30,}$/)]);
  });

  it('is told of attempts, too', () => {
    for (const { code, message } of [RELEASED, WORKER_LOST]) {
      expect([code, message]).toEqual([expect.stringMatching(/^[a-z-]+$/), expect.stringMatching(/^[А-Я]/)]);
    }
  });
});
