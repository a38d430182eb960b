import { endOfDay } from '../../../platform/clock/zones.js';
import type { Deadline } from '../../contracts/working-days.js';
import { judgeHanded } from './handed.js';
import type { Line, Measure } from './line.js';

/** The report on a period, by the nth working day after it. */
export const report: Measure = {
  source: 'reports',
  planned: () => 1,
  says: ({ requirement: { workingDay } }) => `Отчёт за период — не позже ${workingDay}-го рабочего дня после него`,
  judge(line, facts, now) {
    const since = endOfDay(line.period.endsOn, line.timeZone);
    return judgeHanded(line, now, { source: 'reports', facts: facts.reports, term: reportTerm(line), since });
  },
};

/** The nth working day after the period, which does not count itself. */
export function reportTerm({ period, workingDays, requirement }: Line): Deadline {
  return workingDays.after(period.endsOn, requirement.workingDay!);
}
