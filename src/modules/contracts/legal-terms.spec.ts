import { describe, expect, it } from '@jest/globals';
import { LEGAL_TERMS, termAfter } from './legal-terms.js';
import { RUSSIAN_YEARS } from './russian-calendar.js';
import { WorkingDays } from './working-days.js';

const calendar = new WorkingDays(RUSSIAN_YEARS);

describe('the clocks of 44-FZ', () => {
  it.each<[string, keyof typeof LEGAL_TERMS, string, string, string, boolean]>([
    ['counts the customer’s day', 'payment', '2026-04-30T09:00:00Z', 'Europe/Moscow', '2026-05-13', false],
    ['that begins in the evening of Moscow', 'payment', '2026-04-29T20:30:00Z', 'Europe/Moscow', '2026-05-12', false],
    [
      'is a day later in Kamchatka for the same instant',
      'payment',
      '2026-04-29T20:30:00Z',
      'Asia/Kamchatka',
      '2026-05-13',
      false,
    ],
    ['gives twenty days for acceptance', 'acceptance', '2026-10-12T06:00:00Z', 'Asia/Omsk', '2026-11-10', false],
    ['is provisional in a year that is not official', 'acceptance', '2026-12-20T06:00:00Z', 'Europe/Moscow', '2027-01-26', true],
    ['over the worked Saturday of 2025', 'payment', '2025-10-30T06:00:00Z', 'Europe/Moscow', '2025-11-11', false],
  ])('%s', (_, term, event, zone, day, provisional) => {
    expect(termAfter(new Date(event), zone, LEGAL_TERMS[term], calendar)).toEqual({ day, provisional });
  });
});
