import { Injectable } from '@nestjs/common';
import { wallTimeOf } from '../../../platform/clock/zones.js';
import type { Tx } from '../../../platform/database/work.js';
import { VersionStale } from '../../../platform/http/http.errors.js';
import { type Agreement, AgreedTerms } from '../../contracts/agreed-terms.service.js';
import type { Contract } from '../../contracts/contract.js';
import { type ContractVersion, versionAt } from '../../contracts/contract-version.js';
import { ProductionCalendarsService } from '../../contracts/production-calendars.service.js';
import type { Stage } from '../../contracts/stage.js';
import type { WorkingDays } from '../../contracts/working-days.js';
import { ClientsService } from '../../tenancy/clients.service.js';
import type { ContractId } from '../requirement-period.store.js';
import { type Acceptance, type AcceptanceState, canMove, type Payment, type Round, transitionsFrom } from './acceptance.js';
import { AcceptanceNotFound, AcceptanceTransitionRefused } from './acceptance.errors.js';
import { AcceptancePaymentStore } from './acceptance-payment.store.js';
import { AcceptanceRoundStore } from './acceptance-round.store.js';
import { type AcceptanceKey, AcceptanceStore } from './acceptance.store.js';
import { type AcceptanceTerms, dutiesOf, type Duty } from './duties.js';

/** A stage on its way to its money, with everything that was agreed about it. */
export interface StageCase {
  readonly contract: Contract;
  readonly versions: readonly ContractVersion[];
  readonly stage: Stage;
  /** The last day of its services: earlier than planned, when the contract ended before. */
  readonly lastDay: string;
  readonly calendar: WorkingDays;
  /** Null while the stage is not ready to be submitted. */
  readonly acceptance: Acceptance | null;
  /** In order. */
  readonly rounds: readonly Round[];
  readonly payments: readonly Payment[];
  readonly duties: readonly Duty[];
  /** Of the last round; of the first one before it is submitted. */
  readonly terms: AcceptanceTerms;
}

export interface AcceptanceCase extends StageCase {
  readonly acceptance: Acceptance;
}

/** The rows of acceptance. */
@Injectable()
export class AcceptanceRows {
  constructor(
    readonly acceptances: AcceptanceStore,
    readonly rounds: AcceptanceRoundStore,
    readonly payments: AcceptancePaymentStore,
  ) {}
}

/** Puts together what belongs to the acceptance of stages. */
@Injectable()
export class AcceptanceCases {
  constructor(
    readonly terms: AgreedTerms,
    readonly rows: AcceptanceRows,
    private readonly clients: ClientsService,
    private readonly calendars: ProductionCalendarsService,
  ) {}

  /** Every stage of a contract, in order; those that were dropped are none. @throws ContractNotFound */
  async ofContract(tx: Tx, key: ContractId): Promise<StageCase[]> {
    return this.whole(tx, key, await this.terms.read(tx, { contractorId: key.contractorId, id: key.contractId }));
  }

  /** @throws AcceptanceNotFound */
  async read(tx: Tx, { contractorId, id }: AcceptanceKey): Promise<AcceptanceCase> {
    const { contractId } = found(await this.rows.acceptances.find(tx, { contractorId, id }));
    return pick(await this.ofContract(tx, { contractorId, contractId }), id);
  }

  /**
   * As `read`; nobody amends the contract or moves one of its acceptances until this transaction is over.
   * @param version what the caller has read @throws AcceptanceNotFound, VersionStale
   */
  async lock(tx: Tx, { contractorId, id }: AcceptanceKey, version?: number): Promise<AcceptanceCase> {
    const { contractId } = found(await this.rows.acceptances.find(tx, { contractorId, id }));
    const agreement = await this.terms.lock(tx, { contractorId, id: contractId });
    await this.rows.acceptances.lock(tx, { contractorId, id });
    const whole = pick(await this.whole(tx, { contractorId, contractId }, agreement), id);
    if (version !== undefined && whole.acceptance.version !== version) throw new VersionStale();
    return whole;
  }

  /** By the database's clock. */
  now(tx: Tx): Promise<Date> {
    return this.terms.now(tx);
  }

  private async whole(tx: Tx, key: ContractId, { contract, versions }: Agreement): Promise<StageCase[]> {
    const { contractorId, contractId } = key;
    const stages = (await this.terms.stages(tx, { contractorId, id: contractId })).filter(({ state }) => state !== 'dropped');
    const { regionCode } = await this.clients.require(tx, contractorId, contract.clientId);
    const calendar = await this.calendars.workingDays(tx, contractorId, regionCode);
    const acceptances = await this.rows.acceptances.ofContract(tx, key);
    const ids = acceptances.map(({ id }) => id);
    const rounds = await this.rows.rounds.list(tx, contractorId, ids);
    const payments = await this.rows.payments.list(tx, contractorId, ids);
    return stages.map((stage) => {
      const acceptance = acceptances.find(({ stageId }) => stageId === stage.id) ?? null;
      const ofThis = <T extends { acceptanceId: string }>(rows: readonly T[]): T[] =>
        rows.filter(({ acceptanceId }) => acceptanceId === acceptance?.id);
      const parts = { contract, versions, stage, calendar, acceptance, rounds: ofThis(rounds), payments: ofThis(payments) };
      const lastDay = dayIn(contract, new Date(stage.closesAt.getTime() - 1));
      const terms = (round: number): AcceptanceTerms => versionFor({ ...parts, lastDay }, round).clauses;
      const facts = { ...parts, lastDay, timeZone: contract.timeZone, state: acceptance?.state ?? null, terms };
      return { ...parts, lastDay, duties: dutiesOf(facts), terms: terms(Math.max(1, parts.rounds.length)) };
    });
  }
}

/** The day on the client's wall. */
export function dayIn({ timeZone }: Pick<Contract, 'timeZone'>, instant: Date): string {
  return wallTimeOf(instant, timeZone).slice(0, 10);
}

/** The version whose terms hold for a round: what was agreed for the last day of the stage, as it was when it was submitted. */
export function versionFor(
  { versions, rounds, lastDay }: Pick<StageCase, 'versions' | 'rounds' | 'lastDay'>,
  round: number,
): ContractVersion {
  const submitted = rounds.find(({ number }) => number === round)?.contractVersion;
  const known = versions.at(-1)!.recordedAt;
  return versions.find(({ number }) => number === submitted) ?? versionAt(versions, lastDay, known) ?? versions[0]!;
}

/** @throws AcceptanceTransitionRefused naming where it can go */
export function checkMove({ acceptance: { state } }: AcceptanceCase, to: AcceptanceState): void {
  if (!canMove(state, to)) throw new AcceptanceTransitionRefused({ allowedTransitions: transitionsFrom(state) });
}

function found(acceptance: Acceptance | undefined): Acceptance {
  if (!acceptance) throw new AcceptanceNotFound();
  return acceptance;
}

function pick(cases: readonly StageCase[], id: string): AcceptanceCase {
  const one = cases.find(({ acceptance }) => acceptance?.id === id);
  if (!one?.acceptance) throw new AcceptanceNotFound();
  return { ...one, acceptance: one.acceptance };
}
