/**
 * How a contractor charges VAT. `standard` and `reduced`: the general system (Tax Code, art. 164). `simplified5`, `simplified7`:
 * the simplified system above its income ceiling (since 2025). `simplifiedExempt`, `professionalIncome` (самозанятый): without VAT.
 */
export const VAT_MODES = [
  ...(['standard', 'reduced', 'zero', 'simplified5', 'simplified7'] as const),
  ...(['simplifiedExempt', 'professionalIncome'] as const),
];
export type VatMode = (typeof VAT_MODES)[number];

/** A rate in whole percent from a day on, `YYYY-MM-DD`; null: without VAT, which is not the same as 0 %. */
interface DatedRate {
  readonly from: string;
  readonly percent: number | null;
}

const ALWAYS = '0000-01-01';

/** Newest first. A change of law is a new line: what was agreed for an earlier day keeps its rate. */
const RATES: Record<VatMode, readonly DatedRate[]> = {
  // 425-FZ of 28.11.2025; 303-FZ of 03.08.2018.
  standard: [
    { from: '2026-01-01', percent: 22 },
    { from: '2019-01-01', percent: 20 },
    { from: ALWAYS, percent: 18 },
  ],
  reduced: [{ from: ALWAYS, percent: 10 }],
  zero: [{ from: ALWAYS, percent: 0 }],
  // 176-FZ of 12.07.2024: until then nobody in the simplified system paid VAT.
  simplified5: [
    { from: '2025-01-01', percent: 5 },
    { from: ALWAYS, percent: null },
  ],
  simplified7: [
    { from: '2025-01-01', percent: 7 },
    { from: ALWAYS, percent: null },
  ],
  simplifiedExempt: [{ from: ALWAYS, percent: null }],
  professionalIncome: [{ from: ALWAYS, percent: null }],
};

/** The rate for services of a day, in whole percent; null: without VAT. The day of the service decides, not that of the contract. */
export function vatPercent(mode: VatMode, serviceDay: string): number | null {
  return RATES[mode].find(({ from }) => from <= serviceDay)?.percent ?? null;
}

/** VAT inside a sum, in kopecks, half up. @param percent null: without VAT */
export function vatIncluded(grossKopecks: bigint, percent: number | null): bigint {
  return percent === null ? 0n : roundedQuotient(grossKopecks * BigInt(percent), BigInt(100 + percent));
}

/** VAT to be added to a sum, in kopecks, half up. @param percent null: without VAT */
export function vatOnTop(netKopecks: bigint, percent: number | null): bigint {
  return percent === null ? 0n : roundedQuotient(netKopecks * BigInt(percent), 100n);
}

/** Half up. @param dividend not negative @param divisor positive */
export function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}
