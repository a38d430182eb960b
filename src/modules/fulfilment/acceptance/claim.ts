import type { UnitPrice } from '../../contracts/clauses.js';

/** A line of what a stage costs: the stage itself at a fixed price, or so many units at theirs. */
export interface ClaimLine {
  /** From 1; names the line in decisions as `line-1`. */
  readonly number: number;
  readonly title: string;
  readonly unit: string;
  readonly quantity: number;
  readonly priceKopecks: bigint;
  readonly amountKopecks: bigint;
  /** Its quantity may be accepted in part; otherwise its sum may. */
  readonly byUnits: boolean;
}

export interface Claim {
  readonly lines: readonly ClaimLine[];
  readonly claimedKopecks: bigint;
}

/** Less of a line than was claimed, and why. */
export interface Verdict {
  readonly line: number;
  readonly acceptedKopecks: bigint;
  /** Of a line that is priced by units. */
  readonly acceptedQuantity: number | null;
  readonly reason: string;
}

/** What is wrong with a deliverable: the code of a requirement, or a line as `line-1`. */
export interface Remark {
  readonly deliverable: string;
  readonly reason: string;
}

/** So many units of one title, in all rounds of the stage together. */
export interface UnitCount {
  readonly title: string;
  readonly quantity: number;
}

export interface PricedStage {
  readonly title: string;
  readonly amountKopecks: bigint;
}

/** A stage at a fixed price is one line; what was accepted before is not claimed again. */
export function fixedClaim({ title, amountKopecks }: PricedStage, accepted: readonly AcceptedLine[]): Claim {
  const before = accepted.reduce((sum, one) => sum + one.amountKopecks, 0n);
  const rest = amountKopecks - before;
  return claimOf([{ title, unit: 'усл.', quantity: 1, priceKopecks: rest, amountKopecks: rest, byUnits: false }]);
}

/** Units at their prices; a title of which nothing is left to claim is no line. */
export function unitClaim(prices: readonly UnitPrice[], counts: readonly UnitCount[], accepted: readonly AcceptedLine[]): Claim {
  return claimOf(
    prices.flatMap(({ title, unit, priceKopecks }, i) => {
      // Units are counted by title: what is priced twice under one counts once.
      if (prices.findIndex((one) => one.title === title) !== i) return [];
      const total = counts.find((one) => one.title === title)?.quantity ?? 0;
      const before = accepted.filter((one) => one.title === title).reduce((sum, one) => sum + one.quantity, 0);
      const quantity = total - before;
      const amountKopecks = priceKopecks * BigInt(quantity);
      return quantity > 0 ? [{ title, unit, quantity, priceKopecks, amountKopecks, byUnits: true }] : [];
    }),
  );
}

function claimOf(lines: readonly Omit<ClaimLine, 'number'>[]): Claim {
  return {
    lines: lines.map((line, i) => ({ number: i + 1, ...line })),
    claimedKopecks: lines.reduce((sum, { amountKopecks }) => sum + amountKopecks, 0n),
  };
}

/** A line as far as it was accepted. */
export interface AcceptedLine {
  readonly title: string;
  readonly unit: string;
  readonly quantity: number;
  readonly priceKopecks: bigint;
  readonly amountKopecks: bigint;
  readonly byUnits: boolean;
}

/** What is left of a claim by a decision; lines of which nothing was accepted are none. */
export function acceptedLines(lines: readonly ClaimLine[], verdicts: readonly Verdict[]): AcceptedLine[] {
  return lines.flatMap(({ number, title, unit, quantity, priceKopecks, amountKopecks, byUnits }) => {
    const verdict = verdicts.find(({ line }) => line === number);
    const whole = { title, unit, quantity, priceKopecks, amountKopecks, byUnits };
    if (!verdict) return [whole];
    if (verdict.acceptedKopecks === 0n) return [];
    if (byUnits) return [{ ...whole, quantity: verdict.acceptedQuantity!, amountKopecks: verdict.acceptedKopecks }];
    return [{ ...whole, priceKopecks: verdict.acceptedKopecks, amountKopecks: verdict.acceptedKopecks }];
  });
}

/** What a round accepted: of a refusal nothing, whatever its lines say. */
export function acceptedIn({
  decision,
  lines,
  verdicts,
}: {
  readonly decision: string | null;
  readonly lines: readonly ClaimLine[];
  readonly verdicts: readonly Verdict[];
}): AcceptedLine[] {
  return decision === 'accepted' || decision === 'partiallyAccepted' ? acceptedLines(lines, verdicts) : [];
}

export function sumOfLines(lines: readonly { readonly amountKopecks: bigint }[]): bigint {
  return lines.reduce((sum, { amountKopecks }) => sum + amountKopecks, 0n);
}

/** Lines of several rounds as one document has them: units of a title together, sums of a fixed price together. */
export function joinedLines(rounds: readonly (readonly AcceptedLine[])[]): AcceptedLine[] {
  const joined: AcceptedLine[] = [];
  for (const line of rounds.flat()) {
    const at = joined.findIndex((one) => one.title === line.title && (!one.byUnits || one.priceKopecks === line.priceKopecks));
    const before = joined[at];
    if (!before) joined.push(line);
    else {
      const amountKopecks = before.amountKopecks + line.amountKopecks;
      const quantity = line.byUnits ? before.quantity + line.quantity : 1;
      joined[at] = { ...before, quantity, amountKopecks, priceKopecks: line.byUnits ? line.priceKopecks : amountKopecks };
    }
  }
  return joined;
}

/** Less of a line, as a person has decided it. */
export interface VerdictDraft {
  readonly line: number;
  readonly acceptedKopecks: bigint | null;
  readonly acceptedQuantity: number | null;
  readonly reason: string;
}

export interface VerdictProblem {
  readonly field: string;
  readonly reason: string;
}

/** @returns verdicts with their sums, or why they can't be so */
export function judged(
  lines: readonly ClaimLine[],
  drafts: readonly VerdictDraft[],
): { verdicts: Verdict[]; problems: VerdictProblem[] } {
  const problems: VerdictProblem[] = [];
  const verdicts = drafts.flatMap((draft, i): Verdict[] => {
    const problem = problemOf(lines, draft, drafts.slice(0, i));
    if (problem) problems.push({ field: `lines.${i}.${problem.field}`, reason: problem.reason });
    const line = lines.find(({ number }) => number === draft.line);
    if (problem || !line) return [];
    const { acceptedQuantity, reason } = draft;
    const acceptedKopecks = line.byUnits ? line.priceKopecks * BigInt(acceptedQuantity!) : draft.acceptedKopecks!;
    return [{ line: draft.line, acceptedKopecks, acceptedQuantity: line.byUnits ? acceptedQuantity : null, reason }];
  });
  return { verdicts, problems };
}

function problemOf(
  lines: readonly ClaimLine[],
  draft: VerdictDraft,
  earlier: readonly VerdictDraft[],
): VerdictProblem | undefined {
  const line = lines.find(({ number }) => number === draft.line);
  if (!line) return { field: 'line', reason: `The claim has no line ${draft.line}` };
  if (earlier.some((one) => one.line === draft.line)) return { field: 'line', reason: 'The line is named twice' };
  const { acceptedQuantity, acceptedKopecks } = draft;
  if (line.byUnits) {
    if (acceptedQuantity === null || acceptedKopecks !== null)
      return { field: 'acceptedQuantity', reason: 'The line is priced by units: say how many of them are accepted, and no sum' };
    if (acceptedQuantity >= line.quantity)
      return { field: 'acceptedQuantity', reason: `Less than the ${line.quantity} claimed, or leave the line out` };
    return undefined;
  }
  if (acceptedKopecks === null || acceptedQuantity !== null)
    return { field: 'acceptedKopecks', reason: 'The line has a fixed price: say which sum is accepted, and no quantity' };
  if (acceptedKopecks >= line.amountKopecks)
    return { field: 'acceptedKopecks', reason: `Less than the ${line.amountKopecks} kopecks claimed, or leave the line out` };
  return undefined;
}
