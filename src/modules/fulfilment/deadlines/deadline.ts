/**
 * `stageClose`: the last day of a stage · `reportDue`, `contentPlanDue`: what the specification wants handed over · `submission`,
 * `acceptance`, `payment`, `cure`: what acceptance says · `securityReturn` · `contractEnd`: of its services · `validUntil`: of the
 * contract itself · `terminationEffective`: of a notice · `handoverBegins` · `credentialExpiry`: a page's secrets end.
 */
export const DEADLINE_KINDS = [
  ...(['stageClose', 'reportDue', 'contentPlanDue', 'submission', 'acceptance', 'payment', 'cure', 'securityReturn'] as const),
  ...(['contractEnd', 'validUntil', 'terminationEffective', 'handoverBegins', 'credentialExpiry'] as const),
];
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

/** `met`: fulfilled, or the day has simply come · `missed`: it passed and what was owed had not come · `cancelled`: it does not hold any more. */
export const DEADLINE_STATES = ['open', 'met', 'missed', 'cancelled'] as const;
export type DeadlineState = (typeof DEADLINE_STATES)[number];

/** On whom it is that something happens by this day. */
export const WAITING_FOR = ['contractor', 'client', 'nobody'] as const;
export type WaitingFor = (typeof WAITING_FOR)[number];

/** How a date ends: it comes by itself, something is owed by it, it was met or missed, or nobody tells. */
export type Outcome = 'comes' | 'owed' | 'met' | 'missed' | 'untold';

/** A date as its source has it. */
export interface PlannedDeadline {
  readonly kind: DeadlineKind;
  /** Tells it from others of its kind in the same source, for as long as it is the same date to people. */
  readonly subject: string;
  readonly stageId: string | null;
  /** Russian. */
  readonly title: string;
  /** The last day, in the client's zone. */
  readonly dueOn: string;
  /** The instant, where there is one. */
  readonly dueAt: Date | null;
  /** From this instant on it is over: the end of the day, or `dueAt`. */
  readonly passesAt: Date;
  /** The year whose production calendar is not official; null: the date stands. */
  readonly provisionalYear: number | null;
  readonly outcome: Outcome;
  /** While it is open or missed. */
  readonly waitingFor: WaitingFor;
}

/** A date as it stands. */
export interface Deadline {
  readonly id: string;
  readonly clientId: string;
  /** Null of a page's. */
  readonly contractId: string | null;
  /** Null of a contract's. */
  readonly pageId: string | null;
  readonly stageId: string | null;
  readonly kind: DeadlineKind;
  readonly subject: string;
  readonly title: string;
  readonly dueOn: string;
  readonly dueAt: Date | null;
  readonly passesAt: Date;
  /** IANA zone of `dueOn`. */
  readonly timeZone: string;
  readonly provisionalYear: number | null;
  readonly state: DeadlineState;
  readonly waitingFor: WaitingFor;
  /** Whether it was met is not told by anybody: it stays open after its day. */
  readonly untold: boolean;
  /** Rises with each change. */
  readonly sequence: number;
  /** Since when it has this date. */
  readonly datedAt: Date;
  readonly cancelledAt: Date | null;
  readonly updatedAt: Date;
}
