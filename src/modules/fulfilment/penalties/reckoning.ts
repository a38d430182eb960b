import { Temporal } from 'temporal-polyfill';
import { type Duty, fixedFine, type KeyRate, keyRateOn, lateInterest } from '../../contracts/penalties.js';
import { russianDay } from '../../../platform/text/russian-day.js';
import { rubles } from '../acceptance/wording.js';

/** A sum that was late. */
export interface LatePart {
  readonly kopecks: bigint;
  /** The last day on which it would have been in time. */
  readonly dueOn: string;
  /** Null: still late. */
  readonly performedOn: string | null;
}

/** A late part with its interest. */
export interface PartReckoning extends LatePart {
  readonly days: number;
  /** The day whose rate is taken, and that rate; null: nobody has entered it. */
  readonly rateOn: string;
  readonly basisPoints: number | null;
  readonly interestKopecks: bigint | null;
}

/** Days of the delay with one key rate. */
export interface RateDays {
  readonly from: string;
  readonly until: string;
  /** Null: nobody has entered it. */
  readonly basisPoints: number | null;
}

/** How a sum came about, so that a person can check it on paper; texts are in Russian. */
export interface Reckoning {
  /** What happened. */
  readonly words: string;
  /** In symbols. */
  readonly formula: string;
  /** With numbers. */
  readonly calculation: string;
  readonly parts: readonly PartReckoning[];
  readonly rates: readonly RateDays[];
  /** What the decider should weigh. */
  readonly doubts: readonly string[];
}

export interface Reckoned {
  /** Null: a key rate is missing. */
  readonly kopecks: bigint | null;
  readonly reckoning: Reckoning;
}

export interface InterestBasis {
  readonly words: string;
  readonly parts: readonly LatePart[];
  readonly divisor: number;
  readonly rates: readonly KeyRate[];
  /** What is not performed is late until today. */
  readonly today: string;
  readonly doubts: readonly string[];
}

/** Late interest on parts, each with the key rate of the day on which it ended; undefined when nothing is late. */
export function interestOn({ words, parts, divisor, rates, today, doubts }: InterestBasis): Reckoned | undefined {
  const late = parts
    .filter(({ dueOn, performedOn }) => (performedOn ?? today) > dueOn)
    .map((part) => reckon(part, rates, today, divisor));
  if (late.length === 0) return undefined;
  const isKnown = late.every(({ interestKopecks }) => interestKopecks !== null);
  const kopecks = isKnown ? late.reduce((sum, part) => sum + part.interestKopecks!, 0n) : null;
  const first = late.map(({ dueOn }) => dueOn).reduce((a, b) => (a < b ? a : b));
  const last = late.map(({ rateOn }) => rateOn).reduce((a, b) => (a > b ? a : b));
  return {
    kopecks,
    reckoning: {
      ...{ words, formula: `П = Σ С × Д × К ÷ 100 ÷ ${divisor}`, calculation: calculation(late, divisor, kopecks), parts: late },
      rates: rateDays(rates, nextDay(first), last),
      doubts: [
        ...missingRates(late),
        RATE_DAY,
        ...(late.some(({ performedOn }) => performedOn === null) ? [RUNNING] : []),
        ...doubts,
      ],
    },
  };
}

const RATE_DAY =
  'Взята ключевая ставка дня исполнения, а пока не исполнено — сегодняшняя. При добровольной уплате применяется ставка дня уплаты (статья 34 Закона № 44-ФЗ, части 5 и 7): пересчитайте, если она изменилась.';
const RUNNING = 'Просрочка продолжается: сумма растёт с каждым днём.';

function reckon(part: LatePart, rates: readonly KeyRate[], today: string, divisor: number): PartReckoning {
  const rateOn = part.performedOn ?? today;
  const days = Temporal.PlainDate.from(part.dueOn).until(rateOn).days;
  const keyRate = keyRateOn(rates, rateOn);
  if (!keyRate) return { ...part, days, rateOn, basisPoints: null, interestKopecks: null };
  const { kopecks: unperformedKopecks, dueOn } = part;
  const { kopecks } = lateInterest({ unperformedKopecks, dueOn, performedOn: rateOn, keyRate, divisor });
  return { ...part, days, rateOn, basisPoints: keyRate.basisPoints, interestKopecks: kopecks };
}

function calculation(parts: readonly PartReckoning[], divisor: number, kopecks: bigint | null): string {
  const terms = parts.map(({ kopecks: base, days, basisPoints }) => {
    const rate = basisPoints === null ? 'ставка не внесена' : percent(basisPoints);
    return `${rubles(base)} × ${days} дн. × ${rate} ÷ ${divisor}`;
  });
  return `${terms.join(' + ')} = ${kopecks === null ? 'не рассчитано' : `${rubles(kopecks)} руб.`}`;
}

function missingRates(parts: readonly PartReckoning[]): string[] {
  const days = new Set(parts.filter(({ basisPoints }) => basisPoints === null).map(({ rateOn }) => rateOn));
  return [...days].map((day) => `Ключевая ставка на ${russianDay(day)} не внесена: без неё сумма не рассчитана.`);
}

/** The rates that held on days of the delay, for information. */
function rateDays(rates: readonly KeyRate[], from: string, until: string): RateDays[] {
  const spans: RateDays[] = [];
  const starts = [from, ...rates.map((rate) => rate.from).filter((day) => from < day && day <= until)];
  const ordered = [...new Set(starts)].sort();
  ordered.forEach((day, i) => {
    const next = ordered[i + 1];
    const last = next === undefined ? until : Temporal.PlainDate.from(next).subtract({ days: 1 }).toString();
    spans.push({ from: day, until: last, basisPoints: keyRateOn(rates, day)?.basisPoints ?? null });
  });
  return spans;
}

export interface FineBasis {
  readonly words: string;
  /** As the contract has it; null: as decree 1042 has it. */
  readonly fineKopecks: bigint | null;
  readonly priceKopecks: bigint;
  readonly doubts: readonly string[];
}

/** A fine of fixed size for one breach of a duty without a value in money. */
export function fineFor({ words, fineKopecks, priceKopecks, doubts }: FineBasis): Reckoned {
  const kopecks = fineKopecks ?? fixedFine('nonMonetary', priceKopecks);
  const other = (duty: Duty): string => rubles(fixedFine(duty, priceKopecks));
  const byDecree = [
    `Если обязательство имеет стоимостное выражение, штраф иной: ${other('monetary')} руб. по пункту 3 Правил № 1042, для закупки у малого предпринимательства — ${other('smallBusiness')} руб. по пункту 4.`,
    'Все штрафы вместе не могут превышать цену контракта (пункт 11 Правил № 1042).',
  ];
  const formula = fineKopecks === null ? 'Ш = f(Ц), пункт 6 Правил № 1042 (цена контракта Ц)' : 'Ш — по контракту';
  const why = fineKopecks === null ? `Ц = ${rubles(priceKopecks)} руб.; ` : '';
  return {
    kopecks,
    reckoning: {
      ...{ words, formula, calculation: `${why}Ш = ${rubles(kopecks)} руб.`, parts: [], rates: [] },
      doubts: [...doubts, ...(fineKopecks === null ? byDecree : [])],
    },
  };
}

/** 1650 → `16,50 %`. */
export function percent(basisPoints: number): string {
  return `${Math.floor(basisPoints / 100)},${String(basisPoints % 100).padStart(2, '0')} %`;
}

function nextDay(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}
