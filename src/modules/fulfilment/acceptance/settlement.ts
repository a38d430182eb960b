import type { Payment, Round } from './acceptance.js';

/** A part of what a round accepted, and when it was paid. */
export interface Slice {
  readonly round: number;
  readonly kopecks: bigint;
  /** Null: not yet. */
  readonly paidOn: string | null;
}

/** Payments settle what was accepted first; in order of their days. */
export function slicesOf(
  rounds: readonly Pick<Round, 'number' | 'acceptedKopecks'>[],
  payments: readonly Pick<Payment, 'paidOn' | 'kopecks'>[],
): Slice[] {
  const left = payments
    .map(({ paidOn, kopecks }) => ({ paidOn, kopecks }))
    .sort((a, b) => (a.paidOn < b.paidOn ? -1 : a.paidOn > b.paidOn ? 1 : 0));
  return rounds.flatMap(({ number: round, acceptedKopecks }) => {
    const slices: Slice[] = [];
    let open = acceptedKopecks;
    while (open > 0n && left.length > 0) {
      const payment = left[0]!;
      const kopecks = payment.kopecks < open ? payment.kopecks : open;
      slices.push({ round, kopecks, paidOn: payment.paidOn });
      open -= kopecks;
      payment.kopecks -= kopecks;
      if (payment.kopecks === 0n) left.shift();
    }
    return open > 0n ? [...slices, { round, kopecks: open, paidOn: null }] : slices;
  });
}

export function isSettled(slices: readonly Slice[]): boolean {
  return slices.length > 0 && slices.every(({ paidOn }) => paidOn !== null);
}
