import { is44Fz } from '../../contracts/contract-kind.js';
import type { Contract } from '../../contracts/contract.js';
import type { ContractVersion } from '../../contracts/contract-version.js';
import type { KeyRate } from '../../contracts/penalties.js';
import type { Stage } from '../../contracts/stage.js';
import type { Acceptance, Payment, Round } from '../acceptance/acceptance.js';
import type { Duty } from '../acceptance/duties.js';
import { slicesOf } from '../acceptance/settlement.js';
import { russianDay } from '../../../platform/text/russian-day.js';
import { rubles } from '../acceptance/wording.js';
import type { ExcusedDays } from '../measuring/line.js';
import type { RequirementPeriod } from '../requirement-period.js';
import type { PenaltyKind, WantedPenalty } from './proposal.js';
import { fineFor, interestOn, type LatePart, type Reckoned } from './reckoning.js';

/** A stage as far as penalties look at it. */
export interface PenalizedStage {
  readonly stage: Pick<Stage, 'id' | 'ordinal' | 'title' | 'startsOn' | 'endsOn' | 'amountKopecks'>;
  readonly acceptance: Pick<Acceptance, 'state'> | null;
  readonly rounds: readonly Round[];
  readonly payments: readonly Payment[];
  readonly duties: readonly Duty[];
}

/** All from which the proposals of a contract follow. */
export interface PenaltyFacts {
  readonly contract: Pick<Contract, 'kind' | 'priceKopecks'>;
  readonly versions: readonly Pick<ContractVersion, 'number' | 'clauses' | 'priceKopecks'>[];
  readonly stages: readonly PenalizedStage[];
  readonly periods: readonly RequirementPeriod[];
  /** Of all lines and of single ones. */
  readonly excuses: readonly ExcusedDays[];
  readonly rates: readonly KeyRate[];
  /** `YYYY-MM-DD` in the client's zone. */
  readonly today: string;
}

/** Everything that was late or missed and is not excused, once for each cause. */
export function wantedPenalties(facts: PenaltyFacts): WantedPenalty[] {
  return [...facts.stages.flatMap((one) => interestOf(facts, one)), ...facts.periods.flatMap((one) => fineOf(facts, one))];
}

function interestOf(facts: PenaltyFacts, one: PenalizedStage): WantedPenalty[] {
  if (!one.acceptance) return [];
  return one.duties.flatMap((duty) => {
    const { kind, round } = duty;
    if (kind === 'acceptance') return [];
    const { parts, words, doubts, name } = CLAIMS[kind](one, duty);
    const divisor = clausesOf(facts, one.rounds.find(({ number }) => number === round)?.contractVersion).penalties.keyRateDivisor;
    const against = kind === 'payment' ? ('client' as const) : ('contractor' as const);
    // A contract may have no late interest, and who has an excuse for the day was not late.
    if (divisor === null || (against === 'contractor' && isExcused(facts.excuses, duty.dueOn))) return [];
    const reckoned = interestOn({
      ...{ words, parts, divisor, rates: facts.rates, today: facts.today },
      doubts: [...doubts, ...(duty.provisional ? [PROVISIONAL] : [])],
    });
    if (!reckoned) return [];
    return [wanted(name, { cause: `${name}:${one.stage.id}:${round}`, against, stageId: one.stage.id }, reckoned)];
  });
}

interface Claimed {
  readonly name: PenaltyKind;
  readonly parts: readonly LatePart[];
  readonly words: string;
  readonly doubts: readonly string[];
}

const PROVISIONAL = 'Срок посчитан по неутверждённому производственному календарю и может измениться.';
const ONLY_PAPER =
  'Пеня считается со всей суммы этапа. Если услуги оказаны в срок, а опоздал только документ о приёмке, это иное нарушение: неденежное обязательство со штрафом.';
const CURE = 'Пеня считается с того, что не было принято; в срок устранения она не входит.';

const CLAIMS: Record<'submission' | 'cure' | 'payment', (one: PenalizedStage, duty: Duty) => Claimed> = {
  submission: ({ stage, rounds }, { dueOn, metOn }) => ({
    name: 'lateSubmission',
    parts: [{ kopecks: rounds[0]?.claimedKopecks ?? stage.amountKopecks, dueOn, performedOn: metOn }],
    words: `${stage.title}: документ о приёмке нужно было передать до ${russianDay(dueOn)}, ${done('передан', metOn)}.`,
    doubts: [ONLY_PAPER],
  }),
  cure: ({ stage, rounds }, { dueOn, metOn, round }) => ({
    name: 'lateCure',
    parts: [{ kopecks: refusedOf(rounds, round), dueOn, performedOn: metOn }],
    words: `${stage.title}: недостатки нужно было устранить до ${russianDay(dueOn)}, ${done('передано повторно', metOn)}.`,
    doubts: [CURE],
  }),
  payment: ({ stage, rounds, payments }, { dueOn, round }) => {
    const parts = slicesOf(rounds, payments).filter((slice) => slice.round === round);
    const accepted = rounds.find(({ number }) => number === round)!.acceptedKopecks;
    return {
      name: 'latePayment',
      parts: parts.map(({ kopecks, paidOn }) => ({ kopecks, dueOn, performedOn: paidOn })),
      words: `${stage.title}: принятые ${rubles(accepted)} руб. заказчик должен был оплатить до ${russianDay(dueOn)}.`,
      doubts: [],
    };
  },
};

function done(what: string, day: string | null): string {
  return day === null ? `не ${what}` : `${what} ${russianDay(day)}`;
}

function refusedOf(rounds: readonly Round[], round: number): bigint {
  const { claimedKopecks, acceptedKopecks } = rounds.find(({ number }) => number === round)!;
  return claimedKopecks - acceptedKopecks;
}

function fineOf(facts: PenaltyFacts, period: RequirementPeriod): WantedPenalty[] {
  const { requirement, startsOn, endsOn, dueOn, missed, contractVersion, state } = period;
  const lastDay = dueOn > endsOn ? dueOn : endsOn;
  if (state !== 'missed' || missed === 0 || lastDay >= facts.today) return [];
  const { fineKopecks } = clausesOf(facts, contractVersion).penalties;
  if (fineKopecks === null && !is44Fz(facts.contract.kind)) return [];
  const title = clausesOf(facts, contractVersion).requirements.find(({ code }) => code === requirement)?.title ?? requirement;
  const one = facts.stages.find(({ stage }) => stage.startsOn <= endsOn && endsOn <= stage.endsOn);
  const isAccepted = one?.acceptance && ['accepted', 'invoiced', 'paid'].includes(one.acceptance.state);
  const reckoned = fineFor({
    words: `«${title}» с ${russianDay(startsOn)} по ${russianDay(endsOn)}: не исполнено ${missed}.`,
    ...{
      fineKopecks,
      priceKopecks: facts.versions.find(({ number }) => number === contractVersion)?.priceKopecks ?? facts.contract.priceKopecks,
    },
    doubts: [
      ...(missed > 1 ? [`Предложен один штраф за период; нарушений может быть ${missed}, если контракт считает каждое.`] : []),
      ...(isAccepted ? ['Этап принят: проверьте, были ли замечания.'] : []),
    ],
  });
  const cause = `missedRequirement:${requirement}:${startsOn}`;
  return [wanted('missedRequirement', { cause, against: 'contractor', stageId: one?.stage.id ?? null, requirement }, reckoned)];
}

function clausesOf({ versions }: PenaltyFacts, number: number | undefined): ContractVersion['clauses'] {
  return (versions.find((one) => one.number === number) ?? versions.at(-1)!).clauses;
}

/** An excuse for all lines excuses what was due on its days. */
function isExcused(excuses: readonly ExcusedDays[], day: string): boolean {
  return excuses.some(({ requirement, from, until }) => requirement === null && from <= day && day <= until);
}

function wanted(
  kind: PenaltyKind,
  rest: Pick<WantedPenalty, 'cause' | 'against' | 'stageId'> & { readonly requirement?: string },
  { kopecks, reckoning }: Reckoned,
): WantedPenalty {
  return { kind, requirement: null, ...rest, kopecks, reckoning };
}
