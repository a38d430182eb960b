import type { FieldProblem } from '../../../platform/errors/domain-error.js';
import type { Decision, Round } from './acceptance.js';
import { acceptedLines, judged, type Remark, sumOfLines, type Verdict, type VerdictDraft } from './claim.js';

/** What the client says about a submission, as it is recorded. */
export interface DecisionDraft {
  readonly decision: Decision;
  /** Null: now. */
  readonly decidedAt: Date | null;
  /** Of the client's document. */
  readonly documentNumber: string | null;
  /** Lines of which less is accepted than was claimed. */
  readonly lines: readonly VerdictDraft[];
  readonly remarks: readonly Remark[];
  readonly cureOn: string | null;
}

export interface JudgedDecision {
  readonly verdicts: readonly Verdict[];
  readonly acceptedKopecks: bigint;
  readonly problems: readonly FieldProblem[];
}

/**
 * What a decision accepts, and what contradicts itself in it. A refusal names its reasons by deliverable and the day until when they
 * may be cured (44-FZ, art. 94 part 13); so does a partial acceptance by line.
 * @param requirements codes of the frozen plan and fact @param today of the decision, on the client's wall
 */
export function judge(
  draft: DecisionDraft,
  round: Pick<Round, 'lines' | 'claimedKopecks'>,
  requirements: readonly string[],
  today: string,
): JudgedDecision {
  const { decision, lines, remarks, cureOn } = draft;
  const { verdicts, problems } = judged(round.lines, lines);
  const refuse = (field: string, reason: string): void => void problems.push({ field, reason });
  const known = new Set([...requirements, ...round.lines.map(({ number }) => `line-${number}`)]);
  remarks.forEach(({ deliverable }, i) => {
    if (!known.has(deliverable)) refuse(`remarks.${i}.deliverable`, 'Nothing of this name was submitted');
  });
  if (decision !== 'partiallyAccepted' && lines.length > 0)
    refuse('lines', 'Only a partial acceptance takes less of single lines');
  if (decision === 'accepted' && remarks.length > 0) refuse('remarks', 'What has remarks is accepted in part, or refused');
  if (decision === 'accepted' && cureOn !== null) refuse('cureOn', 'What is accepted needs no cure');
  if (decision === 'partiallyAccepted' && lines.length === 0) refuse('lines', 'Say of which lines less is accepted, and why');
  if (decision === 'refused' && remarks.length === 0) refuse('remarks', 'Say of each deliverable that is refused why');
  if (decision === 'refused' && cureOn === null) refuse('cureOn', 'Say until when it may be cured');
  if (cureOn !== null && cureOn < today) refuse('cureOn', 'The day of the cure must not be before the decision');
  const acceptedKopecks = decision === 'refused' ? 0n : sumOfLines(acceptedLines(round.lines, verdicts));
  if (decision === 'partiallyAccepted' && problems.length === 0 && acceptedKopecks === 0n)
    refuse('lines', 'Nothing is left: that is a refusal');
  return { verdicts, acceptedKopecks, problems };
}
