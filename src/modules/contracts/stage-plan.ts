import { Temporal } from 'temporal-polyfill';

/** `single`: one stage over the whole term · `monthly`, `quarterly`: by the calendar · `calendar`: as the contract lists them. */
export const STAGE_PLANS = ['single', 'monthly', 'quarterly', 'calendar'] as const;
/** How a price is shared between generated stages: the same for each, or by their days. */
export const STAGE_SHARES = ['equal', 'byDays'] as const;

/** What is delivered, accepted and paid together: its days, both included, and its part of the price. */
export interface PlannedStage {
  readonly title: string;
  /** `YYYY-MM-DD`, in the contract's zone. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly amountKopecks: bigint;
}

export interface StagePlan {
  readonly kind: (typeof STAGE_PLANS)[number];
  readonly shares: (typeof STAGE_SHARES)[number];
  /** Of a plan `calendar`; otherwise empty. */
  readonly calendar: readonly PlannedStage[];
}

/** What a plan divides. */
export interface PlannedTerm {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly priceKopecks: bigint;
}

/** Stages that can't be: the field of the plan and why. */
export interface PlanProblem {
  readonly field: 'stagePlan' | 'priceKopecks' | 'endsOn';
  readonly reason: string;
}

const MONTHS = { monthly: 1, quarterly: 3 } as const;

/**
 * All stages of a term; their sums make the price to the kopeck.
 * @param kept stages that are over and stay as they were, when an addendum changes what comes after them
 */
export function planStages(term: PlannedTerm, plan: StagePlan, kept: readonly PlannedStage[] = []): PlannedStage[] {
  if (plan.kind === 'calendar') return [...plan.calendar];
  const last = kept.at(-1);
  const rest = { ...term, startsOn: last ? dayAfter(last.endsOn) : term.startsOn, priceKopecks: term.priceKopecks - sumOf(kept) };
  if (rest.startsOn > rest.endsOn) return [...kept];
  const periods = periodsOf(rest, plan.kind);
  const weights = periods.map((one) => (plan.shares === 'equal' ? 1 : daysOf(one)));
  const amounts = plan.shares === 'equal' ? splitEqually(rest.priceKopecks, periods.length) : splitBy(rest.priceKopecks, weights);
  const planned = periods.map((one, i) => ({ title: `Этап ${kept.length + i + 1}`, ...one, amountKopecks: amounts[i]! }));
  return [...kept, ...planned];
}

/** Why stages don't make up a contract; empty when they do. @param kept as for `planStages` */
export function planProblems(
  term: PlannedTerm,
  stages: readonly PlannedStage[],
  kept: readonly PlannedStage[] = [],
): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const refuse = (field: PlanProblem['field'], reason: string): void => void problems.push({ field, reason });
  const changed = kept.find((one, i) => !isSame(one, stages[i]));
  if (changed)
    refuse('stagePlan', `The stage of ${changed.startsOn} to ${changed.endsOn} is over: its days and sum stay as they were`);
  if (kept.some(({ endsOn }) => endsOn > term.endsOn)) refuse('endsOn', 'A stage that is over ends later');
  stages.forEach((one, i) => {
    const previous = stages[i - 1];
    if (one.startsOn > one.endsOn) refuse('stagePlan', `The stage of ${one.startsOn} ends before it begins`);
    if (previous && one.startsOn <= previous.endsOn)
      refuse('stagePlan', `The stage of ${one.startsOn} begins before the one above ends`);
  });
  const outside = stages.find(({ startsOn, endsOn }) => startsOn < term.startsOn || endsOn > term.endsOn);
  if (outside && problems.length === 0)
    refuse('stagePlan', `The stage of ${outside.startsOn} is not within the term of services`);
  if (stages.some(({ amountKopecks }) => amountKopecks < 0n))
    refuse('priceKopecks', 'Stages that are over cost more than this price');
  const sum = sumOf(stages);
  if (problems.length === 0 && sum !== term.priceKopecks)
    refuse('stagePlan', `The stages make ${sum} kopecks, and the price is ${term.priceKopecks}`);
  return problems;
}

/** Equal whole kopecks; what is left over goes to the last, as acts have it: 11 × 83,333.33 and 83,333.37 of a million. */
export function splitEqually(totalKopecks: bigint, parts: number): bigint[] {
  const share = totalKopecks / BigInt(parts);
  return Array.from({ length: parts }, (_, i) => (i === parts - 1 ? totalKopecks - share * BigInt(parts - 1) : share));
}

/** In proportion, by largest remainder: the kopecks that rounding down leaves go to those who lost most by it, earlier ones first. */
export function splitBy(totalKopecks: bigint, weights: readonly number[]): bigint[] {
  const sum = BigInt(weights.reduce((total, weight) => total + weight, 0));
  const shares = weights.map((weight, i) => {
    const product = totalKopecks * BigInt(weight);
    return { i, share: product / sum, remainder: product % sum };
  });
  const left = Number(totalKopecks - shares.reduce((total, { share }) => total + share, 0n));
  const lucky = [...shares].sort((a, b) => Number(b.remainder - a.remainder) || a.i - b.i).slice(0, left);
  return shares.map((one) => one.share + (lucky.includes(one) ? 1n : 0n));
}

export function sumOf(stages: readonly { readonly amountKopecks: bigint }[]): bigint {
  return stages.reduce((total, { amountKopecks }) => total + amountKopecks, 0n);
}

function periodsOf(
  { startsOn, endsOn }: PlannedTerm,
  kind: 'single' | 'monthly' | 'quarterly',
): { startsOn: string; endsOn: string }[] {
  if (kind === 'single') return [{ startsOn, endsOn }];
  const periods = [];
  for (let from = startsOn; from <= endsOn;) {
    const last = lastOfPeriod(from, MONTHS[kind]);
    periods.push({ startsOn: from, endsOn: last < endsOn ? last : endsOn });
    from = dayAfter(last);
  }
  return periods;
}

/** Months and quarters are those of the calendar: a term that begins in the middle of one has a shorter first stage. */
function lastOfPeriod(day: string, months: number): string {
  const date = Temporal.PlainDate.from(day);
  const first = date.with({ day: 1, month: Math.floor((date.month - 1) / months) * months + 1 });
  return first.add({ months }).subtract({ days: 1 }).toString();
}

function daysOf({ startsOn, endsOn }: { startsOn: string; endsOn: string }): number {
  return Temporal.PlainDate.from(startsOn).until(endsOn).days + 1;
}

function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

function isSame(one: PlannedStage, other: PlannedStage | undefined): boolean {
  return one.startsOn === other?.startsOn && one.endsOn === other.endsOn && one.amountKopecks === other.amountKopecks;
}
