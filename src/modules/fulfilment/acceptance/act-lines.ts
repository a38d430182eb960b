import { Temporal } from 'temporal-polyfill';
import { splitBy } from '../../contracts/stage-plan.js';
import { type VatMode, vatIncluded, vatPercent } from '../../contracts/vat.js';
import { type AcceptedLine, sumOfLines } from './claim.js';
import { russianDay } from '../../../platform/text/russian-day.js';

export interface ActLine {
  readonly number: number;
  readonly title: string;
  readonly unit: string;
  readonly quantity: number;
  readonly priceKopecks: bigint;
  /** VAT included. */
  readonly amountKopecks: bigint;
  /** Whole percent; null: without VAT. */
  readonly vatPercent: number | null;
  /** Within the amount. */
  readonly vatKopecks: bigint;
}

/** Days of one rate of VAT, both included. */
export interface RatePeriod {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly percent: number | null;
  readonly days: number;
}

/** The days of a stage by the rate that holds on each: the day of the service decides. */
export function ratePeriods(mode: VatMode, startsOn: string, endsOn: string): RatePeriod[] {
  const periods: RatePeriod[] = [];
  for (let day = Temporal.PlainDate.from(startsOn); day.toString() <= endsOn; day = day.add({ days: 1 })) {
    const percent = vatPercent(mode, day.toString());
    const last = periods.at(-1);
    if (last?.percent === percent) periods[periods.length - 1] = { ...last, endsOn: day.toString(), days: last.days + 1 };
    else periods.push({ startsOn: day.toString(), endsOn: day.toString(), percent, days: 1 });
  }
  return periods;
}

/**
 * The lines of an act. Where the rate changes within the stage, each is split by days; sums stay the same to the kopeck. VAT is
 * rounded once for each rate and then laid on its lines, so that lines and totals agree.
 */
export function actLines(lines: readonly AcceptedLine[], periods: readonly RatePeriod[]): ActLine[] {
  const parts = lines.flatMap((line) => splitLine(line, periods));
  const vat = new Map<number | null, bigint[]>();
  for (const { percent } of periods) {
    const mine = parts.filter((part) => part.percent === percent);
    const total = vatIncluded(sumOfLines(mine), percent);
    vat.set(percent, shared(total, mine));
  }
  return parts.map(({ percent, ...line }, i) => ({
    ...{ number: i + 1, ...line, vatPercent: percent },
    vatKopecks: vat.get(percent)!.shift()!,
  }));
}

type Part = Omit<ActLine, 'number' | 'vatPercent' | 'vatKopecks'> & { readonly percent: number | null };

function splitLine({ byUnits, ...line }: AcceptedLine, periods: readonly RatePeriod[]): Part[] {
  if (periods.length === 1) return [{ ...line, percent: periods[0]!.percent }];
  const days = periods.map((period) => period.days);
  const shares = splitBy(byUnits ? BigInt(line.quantity) : line.amountKopecks, days);
  return periods.flatMap(({ startsOn, endsOn, percent }, i): Part[] => {
    const share = shares[i]!;
    const title = `${line.title}: с ${russianDay(startsOn)} по ${russianDay(endsOn)}`;
    if (share === 0n && line.amountKopecks > 0n) return [];
    if (!byUnits) return [{ ...line, title, percent, priceKopecks: share, amountKopecks: share }];
    return [{ ...line, title, percent, quantity: Number(share), amountKopecks: line.priceKopecks * share }];
  });
}

/** A sum over lines in proportion to theirs. */
function shared(totalKopecks: bigint, lines: readonly { readonly amountKopecks: bigint }[]): bigint[] {
  const weights = lines.map(({ amountKopecks }) => Number(amountKopecks));
  return weights.some((weight) => weight > 0) ? splitBy(totalKopecks, weights) : lines.map(() => 0n);
}
