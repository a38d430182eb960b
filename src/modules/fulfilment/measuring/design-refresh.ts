import { startOfDay } from '../../../platform/clock/zones.js';
import { judgeHanded } from './handed.js';
import type { Measure } from './line.js';
import { PER } from './wording.js';

/** New covers and avatars, once in the period. */
export const designRefresh: Measure = {
  source: 'designs',
  planned: () => 1,
  says: ({ requirement: { period } }) => `Обновление оформления страниц — один раз ${PER[period]}`,
  judge(line, facts, now) {
    const { period, timeZone } = line;
    const term = { day: period.endsOn, provisional: false };
    const since = startOfDay(period.startsOn, timeZone);
    return judgeHanded(line, now, { source: 'designs', facts: facts.designs, term, since });
  },
};
