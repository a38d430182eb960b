import { endOfDay } from '../../../platform/clock/zones.js';
import { judgeHanded } from './handed.js';
import type { Measure } from './line.js';

/** The report on a period, by the nth working day after it. */
export const report: Measure = {
  source: 'reports',
  planned: () => 1,
  says: ({ requirement: { workingDay } }) => `Отчёт за период — не позже ${workingDay}-го рабочего дня после него`,
  judge(line, facts, now) {
    const { period, timeZone, workingDays, requirement } = line;
    const term = workingDays.after(period.endsOn, requirement.workingDay!);
    const since = endOfDay(period.endsOn, timeZone);
    return judgeHanded(line, now, { source: 'reports', facts: facts.reports, term, since });
  },
};
