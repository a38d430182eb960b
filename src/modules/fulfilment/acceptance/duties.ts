import { wallTimeOf } from '../../../platform/clock/zones.js';
import { termAfter } from '../../contracts/legal-terms.js';
import type { WorkingDays } from '../../contracts/working-days.js';
import type { AcceptanceState, Payment, Round } from './acceptance.js';
import { isSettled, slicesOf } from './settlement.js';

/** Terms in working days. */
export interface AcceptanceTerms {
  readonly submissionDays: number;
  readonly acceptanceDays: number;
  readonly paymentDays: number;
  readonly silenceAccepts: boolean;
}

/** All from which the dates of a stage's acceptance follow. */
export interface AcceptanceFacts {
  /** The last day of the stage's services, `YYYY-MM-DD`; that of the contract's end, when it came first. */
  readonly lastDay: string;
  /** IANA zone of the client. */
  readonly timeZone: string;
  /** Null: it has not begun yet. */
  readonly state: AcceptanceState | null;
  /** In order. */
  readonly rounds: readonly Pick<
    Round,
    'number' | 'submittedAt' | 'receivedAt' | 'decision' | 'decidedAt' | 'cureOn' | 'claimedKopecks' | 'acceptedKopecks'
  >[];
  readonly payments: readonly Pick<Payment, 'paidOn' | 'kopecks'>[];
  /** Of a round; of the first one that is still ahead, when there is none. */
  readonly terms: (round: number) => AcceptanceTerms;
  readonly calendar: WorkingDays;
}

export const DUTY_KINDS = ['submission', 'acceptance', 'payment', 'cure'] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];

/** Something with a term: who is late is the contractor for `submission` and `cure`, the client for the others. */
export interface Duty {
  readonly kind: DutyKind;
  /** The round from which it follows; 1 for the first submission. */
  readonly round: number;
  /** The last day on which it is in time, in the client's zone. */
  readonly dueOn: string;
  /** The production calendar of its term is not official yet. */
  readonly provisional: boolean;
  /** The day on which it was done; null: not yet. */
  readonly metOn: string | null;
}

/** Everything with a term in the acceptance of a stage, in the order in which it comes up. */
export function dutiesOf(facts: AcceptanceFacts): Duty[] {
  const { rounds, timeZone, lastDay, calendar } = facts;
  const dayOf = (instant: Date): string => wallTimeOf(instant, timeZone).slice(0, 10);
  const submission = calendar.after(lastDay, facts.terms(1).submissionDays);
  const first = rounds[0];
  return [
    {
      ...{ kind: 'submission' as const, round: 1, dueOn: submission.day, provisional: submission.provisional },
      metOn: first ? dayOf(first.submittedAt) : null,
    },
    ...rounds.flatMap((round, i): Duty[] => {
      const { number, receivedAt, decidedAt } = round;
      const next = rounds[i + 1];
      const terms = facts.terms(number);
      const due = (kind: DutyKind, from: Date, days: number, metOn: string | null): Duty => {
        const { day: dueOn, provisional } = termAfter(from, timeZone, days, calendar);
        return { kind, round: number, dueOn, provisional, metOn };
      };
      return [
        ...(receivedAt ? [due('acceptance', receivedAt, terms.acceptanceDays, decidedAt && dayOf(decidedAt))] : []),
        ...cureOf(facts, round, next ? dayOf(next.submittedAt) : null),
        ...(decidedAt && round.acceptedKopecks > 0n
          ? [due('payment', decidedAt, terms.paymentDays, settledOn(facts, number))]
          : []),
      ];
    }),
  ];
}

/** What was not accepted and is invoiced without is given up: nobody waits for its cure. */
function cureOf({ state }: AcceptanceFacts, { number, cureOn }: Pick<Round, 'number' | 'cureOn'>, metOn: string | null): Duty[] {
  const isGivenUp = metOn === null && (state === 'invoiced' || state === 'paid');
  return cureOn === null || isGivenUp ? [] : [{ kind: 'cure', round: number, dueOn: cureOn, provisional: false, metOn }];
}

function settledOn({ rounds, payments }: Pick<AcceptanceFacts, 'rounds' | 'payments'>, number: number): string | null {
  const slices = slicesOf(rounds, payments).filter(({ round }) => round === number);
  return isSettled(slices) ? slices.map(({ paidOn }) => paidOn!).reduce((a, b) => (a > b ? a : b)) : null;
}

/** Late by the day on the client's wall. */
export interface OverdueFlags {
  /** Also what was to be cured and submitted again. */
  readonly submitOverdue: boolean;
  readonly acceptOverdue: boolean;
  readonly paymentOverdue: boolean;
}

/** @param today `YYYY-MM-DD` in the client's zone */
export function overdueOf(duties: readonly Duty[], today: string): OverdueFlags {
  const isLate = (...kinds: DutyKind[]): boolean =>
    duties.some(({ kind, metOn, dueOn }) => kinds.includes(kind) && metOn === null && dueOn < today);
  return {
    submitOverdue: isLate('submission', 'cure'),
    acceptOverdue: isLate('acceptance'),
    paymentOverdue: isLate('payment'),
  };
}
