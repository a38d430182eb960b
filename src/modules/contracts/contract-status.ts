/**
 * `completing`: it still holds, and what is to be handed over at its end is on the way · `completed`: its term is over ·
 * `archived`: everything about it is settled.
 */
export const CONTRACT_STATUSES = [
  ...(['draft', 'underReview', 'signed', 'active', 'suspended', 'completing', 'completed'] as const),
  ...(['terminated', 'cancelled', 'archived'] as const),
];
export type ContractStatus = (typeof CONTRACT_STATUSES)[number];

const TRANSITIONS: Record<ContractStatus, readonly ContractStatus[]> = {
  draft: ['underReview', 'signed', 'cancelled'],
  underReview: ['draft', 'signed', 'cancelled'],
  // What is signed binds: it is terminated, never cancelled.
  signed: ['active', 'terminated'],
  active: ['suspended', 'completing', 'terminated'],
  suspended: ['active', 'terminated'],
  completing: ['suspended', 'completed', 'terminated'],
  completed: ['archived'],
  terminated: ['archived'],
  cancelled: [],
  archived: [],
};

/** Where a contract can go from a status. */
export function transitionsFrom(status: ContractStatus): readonly ContractStatus[] {
  return TRANSITIONS[status];
}

/** From which statuses a contract can go there. */
export function statusesBefore(to: ContractStatus): ContractStatus[] {
  return CONTRACT_STATUSES.filter((from) => TRANSITIONS[from].includes(to));
}

/** Its terms are fixed, and change by addendum only. */
export const BINDING: readonly ContractStatus[] = ['signed', 'active', 'suspended', 'completing'];

/** What time alone makes of a contract. */
export interface ContractTimes {
  readonly status: ContractStatus;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** So many days before its end the handover begins. */
  readonly handoverDays: number;
  /** When the notice of its termination takes effect; null without one. */
  readonly terminatesAt: Date | null;
}

const DAY_MS = 86_400_000;

/**
 * The next thing that time does, and when: a signed contract becomes active at its start, the handover begins before its end,
 * it is completed at the end, and a notice of termination takes effect. Null: time changes nothing more.
 */
export function nextStep(contract: ContractTimes): { to: ContractStatus; at: Date } | null {
  const { terminatesAt } = contract;
  const planned = plannedStep(contract);
  if (!terminatesAt || !transitionsFrom(contract.status).includes('terminated')) return planned;
  return planned && planned.at < terminatesAt ? planned : { to: 'terminated', at: terminatesAt };
}

function plannedStep({ status, startsAt, endsAt, handoverDays }: ContractTimes): { to: ContractStatus; at: Date } | null {
  if (status === 'signed') return { to: 'active', at: startsAt };
  if (status === 'completing') return { to: 'completed', at: endsAt };
  if (status !== 'active') return null;
  const handover = endsAt.getTime() - handoverDays * DAY_MS;
  return { to: 'completing', at: new Date(Math.max(handover, startsAt.getTime())) };
}
