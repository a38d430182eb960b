import type { Contract } from '../../contracts/contract.js';
import { contentPlanTerm } from '../measuring/content-plan.js';
import type { Line, LineState } from '../measuring/line.js';
import { keyOf } from '../measuring/lines.js';
import { reportTerm } from '../measuring/report.js';
import { wholeDay } from './contract-deadlines.js';
import type { Outcome, PlannedDeadline } from './deadline.js';
import { contractTitle, handedTitle } from './deadline-wording.js';

const KINDS = { report: 'reportDue', contentPlan: 'contentPlanDue' } as const;

/**
 * When reports and content plans are due, of all periods of a contract.
 * @param states of periods as they were computed last, by `keyOf`
 */
export function requirementDeadlines(
  contract: Contract,
  lines: readonly Line[],
  states: ReadonlyMap<string, LineState>,
): PlannedDeadline[] {
  return lines.flatMap((line): PlannedDeadline[] => {
    const { kind } = line.requirement;
    const outcome = outcomeOf(states.get(keyOf(line)));
    if ((kind !== 'report' && kind !== 'contentPlan') || outcome === null) return [];
    const term = kind === 'report' ? reportTerm(line) : contentPlanTerm(line);
    const { timeZone, period, workingDays } = line;
    return [
      {
        ...{ kind: KINDS[kind], subject: keyOf(line), stageId: null, outcome, waitingFor: 'contractor' },
        ...{ title: contractTitle(contract, handedTitle(line.requirement, period)), ...wholeDay(term.day, timeZone) },
        provisionalYear: term.provisional ? workingDays.unofficialYear(period.endsOn, term.day) : null,
      },
    ];
  });
}

/** Null: it is excused, so nothing is owed any more. */
function outcomeOf(state: LineState | undefined): Outcome | null {
  if (state === 'done') return 'met';
  if (state === 'excused') return null;
  if (state === 'missed') return 'missed';
  return state === 'noSource' || state === 'untold' || state === undefined ? 'untold' : 'owed';
}
