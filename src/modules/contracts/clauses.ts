import { type BankDetails, bankProblems } from './bank-details.js';
import { type ContractKind, is44Fz } from './contract-kind.js';
import { LEGAL_TERMS } from './legal-terms.js';
import { procurementCodeProblem } from './procurement-codes.js';
import { type CountingRules, type Requirement, requirementProblems, USUAL_COUNTING } from './requirement.js';
import type { PlannedStage, StagePlan } from './stage-plan.js';
import type { VatMode } from './vat.js';

/** `fixed`: the price · `unitPrices`: prices of units, and the contract's price is the most that may be paid. */
export const PRICE_TYPES = ['fixed', 'unitPrices'] as const;
export const SECURITY_KINDS = ['performance', 'warranty'] as const;
export const SECURITY_FORMS = ['money', 'guarantee'] as const;
/** By agreement, by a court, or by a party alone (44-FZ, art. 95 part 8; Civil Code, art. 450.1). */
export const TERMINATION_GROUNDS = ['mutual', 'court', 'unilateralClient', 'unilateralContractor'] as const;
export type TerminationGround = (typeof TERMINATION_GROUNDS)[number];

export interface UnitPrice {
  readonly title: string;
  /** As acts print it: `шт.`, `публикация`. */
  readonly unit: string;
  readonly priceKopecks: bigint;
}

/** Money or a guarantee that the contractor gave, and when it comes back. */
export interface Security {
  readonly kind: (typeof SECURITY_KINDS)[number];
  readonly form: (typeof SECURITY_FORMS)[number];
  readonly amountKopecks: bigint;
  readonly returnOn: string | null;
}

export interface Penalties {
  /** Late interest per day is the key rate divided by this; null: the contract has none. */
  readonly keyRateDivisor: number | null;
  /** A fixed fine for a breach; null: as decree 1042 has it for 44-FZ, none elsewhere. */
  readonly fineKopecks: bigint | null;
}

/** How a party may end the contract: so many days after its notice, unless the breach is cured within so many. */
export interface TerminationTerm {
  readonly ground: TerminationGround;
  readonly noticeDays: number;
  readonly cureDays: number;
}

export interface Signatory {
  readonly name: string;
  readonly position: string;
  /** Charter or power of attorney with number and date. */
  readonly basis: string;
}

/** What the contract says of a party beside its registered requisites. */
export interface Party {
  readonly signatory: Signatory | null;
  readonly bank: BankDetails | null;
}

/** What a contract says beside number, subject, price, days and pages. Fixed with the signature; changed by addenda. */
export interface Clauses {
  /** ИКЗ. */
  readonly procurementCode: string | null;
  /** ИГК; stands in every invoice and act of a contract under treasury support. */
  readonly stateContractId: string | null;
  /** Number in the register of ЕИС. */
  readonly registryNumber: string | null;
  readonly priceType: (typeof PRICE_TYPES)[number];
  readonly unitPrices: readonly UnitPrice[];
  /** The rate follows from the day of each service. */
  readonly vatMode: VatMode;
  /** Until when the contract itself is valid, payment and claims included; null: until its duties are fulfilled. */
  readonly validUntil: string | null;
  /** In working days after the last day of a stage: by then its document of acceptance is submitted. */
  readonly submissionDays: number;
  /** In working days after the document of acceptance came. */
  readonly acceptanceDays: number;
  /** In working days after it was signed. */
  readonly paymentDays: number;
  /** Whether silence until the end of the acceptance term accepts. By law it does not. */
  readonly silenceAccepts: boolean;
  readonly stagePlan: StagePlan;
  readonly securities: readonly Security[];
  readonly penalties: Penalties;
  /** The technical specification, as far as it can be measured. */
  readonly requirements: readonly Requirement[];
  readonly counting: CountingRules;
  readonly terminationTerms: readonly TerminationTerm[];
  /** So many days before the end the handover begins. */
  readonly handoverDays: number;
  readonly customer: Party;
  readonly contractor: Party;
}

/** No law gives this term: contracts usually ask for the document by the fifth working day. */
const USUAL_SUBMISSION = 5;
const NOBODY: Party = { signatory: null, bank: null };
/** 44-FZ, art. 95 parts 13 and 14: in force ten days after the notice; cancelled when the breach is cured by then. */
const BY_LAW: readonly TerminationTerm[] = (['unilateralClient', 'unilateralContractor'] as const).map((ground) => ({
  ...{ ground, noticeDays: 10, cureDays: 10 },
}));

/** What holds when a contract of this kind says nothing else. */
export function usualClauses(kind: ContractKind): Clauses {
  return {
    ...{
      procurementCode: null,
      stateContractId: null,
      registryNumber: null,
      priceType: 'fixed',
      unitPrices: [],
      vatMode: 'standard',
    },
    ...{ validUntil: null, submissionDays: USUAL_SUBMISSION, silenceAccepts: false },
    ...{ acceptanceDays: LEGAL_TERMS.acceptance, paymentDays: LEGAL_TERMS.payment },
    ...{ stagePlan: { kind: 'single', shares: 'equal', calendar: [] }, securities: [], handoverDays: 30 },
    ...{ requirements: [], counting: USUAL_COUNTING },
    penalties: { keyRateDivisor: is44Fz(kind) ? 300 : null, fineKopecks: null },
    ...{ terminationTerms: is44Fz(kind) ? BY_LAW : [], customer: NOBODY, contractor: NOBODY },
  };
}

/** A field, from the contract's body down, and why it can't be so. */
export interface ClauseProblem {
  readonly field: string;
  readonly reason: string;
}

/** What contradicts itself or the client's requisites, in a draft or an addendum. */
export function clauseProblems(kind: ContractKind, clauses: Clauses, client: { inn: string; kpp: string }): ClauseProblem[] {
  const { procurementCode: code, stagePlan, priceType, unitPrices, customer, contractor } = clauses;
  const problems: ClauseProblem[] = [];
  const refuse = (field: string, reason: string | undefined): void => {
    if (reason) problems.push({ field: `clauses.${field}`, reason });
  };
  if (code !== null && kind === 'corporate223Fz') refuse('procurementCode', 'A contract under 223-FZ has no ИКЗ');
  else if (code !== null) refuse('procurementCode', procurementCodeProblem(code, client));
  if ((priceType === 'unitPrices') !== unitPrices.length > 0)
    refuse('unitPrices', 'Prices of units belong to a contract of the price type unitPrices, and to no other');
  if ((stagePlan.kind === 'calendar') !== stagePlan.calendar.length > 0)
    refuse('stagePlan.calendar', 'Stages are listed for a plan by calendar, and for no other');
  for (const { field, reason } of requirementProblems(clauses.requirements)) refuse(field, reason);
  for (const [name, { bank }] of Object.entries({ customer, contractor }))
    for (const { field, reason } of bank ? bankProblems(bank) : []) refuse(`${name}.bank.${field}`, reason);
  return problems;
}

/** What is missing before the contract may be signed. @param stages as the plan makes them */
export function missingForSignature(kind: ContractKind, clauses: Clauses, stages: readonly PlannedStage[]): ClauseProblem[] {
  const missing: ClauseProblem[] = [];
  if (is44Fz(kind) && clauses.procurementCode === null)
    missing.push({ field: 'clauses.procurementCode', reason: 'A contract under 44-FZ has an ИКЗ' });
  if (stages.length > MOST_STAGES)
    missing.push({ field: 'clauses.stagePlan', reason: `A contract has at most ${MOST_STAGES} stages` });
  return missing;
}

/** Ten years of months. */
export const MOST_STAGES = 120;
