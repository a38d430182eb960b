import { Injectable } from '@nestjs/common';
import { type Changes, updateVersioned } from '../../../platform/database/versioned-update.js';
import type { Tx } from '../../../platform/database/work.js';
import type { ContractId } from '../requirement-period.store.js';
import type { Acceptance } from './acceptance.js';
import { AcceptanceEntity } from './acceptance.entity.js';

export interface AcceptanceKey {
  readonly contractorId: string;
  readonly id: string;
}

export interface NewAcceptance {
  readonly id: string;
  readonly clientId: string;
  readonly contractId: string;
  readonly stageId: string;
}

/** Kopecks of a contract by how far they are; each stands in one of them. */
export interface MoneyByState {
  /** Claimed, and waits for a decision. */
  readonly submittedKopecks: bigint;
  /** Accepted, and not invoiced yet. */
  readonly acceptedKopecks: bigint;
  /** Invoiced, and not paid yet. */
  readonly invoicedKopecks: bigint;
  readonly paidKopecks: bigint;
}

/** Something that counted was deleted after it was submitted. */
export interface LostEvidence {
  readonly id: string;
  readonly clientId: string;
  readonly contractId: string;
}

@Injectable()
export class AcceptanceStore {
  async find(tx: Tx, { contractorId, id }: AcceptanceKey): Promise<Acceptance | undefined> {
    return (await tx.findOneBy(AcceptanceEntity, { contractorId, id })) ?? undefined;
  }

  /** As `find`; whoever else wants to change it waits. */
  async lock(tx: Tx, { contractorId, id }: AcceptanceKey): Promise<Acceptance | undefined> {
    const where = { contractorId, id };
    return (await tx.findOne(AcceptanceEntity, { where, lock: { mode: 'pessimistic_write' } })) ?? undefined;
  }

  ofContract(tx: Tx, { contractorId, contractId }: ContractId): Promise<Acceptance[]> {
    return tx.find(AcceptanceEntity, { where: { contractorId, contractId }, order: { id: 'ASC' } });
  }

  /** @returns false when the stage has one */
  async insert(tx: Tx, contractorId: string, { id, clientId, contractId, stageId }: NewAcceptance): Promise<boolean> {
    const rows = await tx.query<object[]>(
      `insert into acceptances (contractor_id, id, client_id, contract_id, stage_id) values ($1, $2, $3, $4, $5)
       on conflict (contractor_id, stage_id) do nothing returning id`,
      [contractorId, id, clientId, contractId, stageId],
    );
    return rows.length === 1;
  }

  async update(tx: Tx, { contractorId, id }: AcceptanceKey, changes: Changes<Partial<AcceptanceEntity>>): Promise<void> {
    await updateVersioned(tx, { entity: AcceptanceEntity, key: { contractorId, id } }, changes);
  }

  /** When silence is looked at next. It is no change that anybody would see. */
  async setStep(tx: Tx, { contractorId, id }: AcceptanceKey, at: Date | null): Promise<void> {
    await tx.update(AcceptanceEntity, { contractorId, id }, { stepAt: at });
  }

  /** Across tenants: where silence may have accepted. */
  pickDue(tx: Tx, limit: number): Promise<AcceptanceKey[]> {
    return tx.query(
      `select contractor_id as "contractorId", id from acceptances where step_at <= app_now() order by step_at, id limit $1`,
      [limit],
    );
  }

  /** Of many contracts: the stages that were accepted, and are perhaps invoiced or paid. */
  async acceptedStages(tx: Tx, contractorId: string, contractIds: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ stageId: string }[]>(
      `select stage_id as "stageId" from acceptances
       where contractor_id = $1 and contract_id = any($2) and state in ('accepted', 'invoiced', 'paid') order by stage_id`,
      [contractorId, contractIds],
    );
    return rows.map(({ stageId }) => stageId);
  }

  /** Many contracts in one question. */
  money(tx: Tx, contractorId: string, contractIds: readonly string[]): Promise<(MoneyByState & { contractId: string })[]> {
    return tx.query(
      `select contract_id as "contractId",
         coalesce(sum(claimed_kopecks) filter (where state = 'submitted'), 0)::bigint as "submittedKopecks",
         coalesce(sum(accepted_kopecks) filter (where state not in ('invoiced', 'paid')), 0)::bigint as "acceptedKopecks",
         coalesce(sum(accepted_kopecks - paid_kopecks) filter (where state in ('invoiced', 'paid')), 0)::bigint as "invoicedKopecks",
         coalesce(sum(paid_kopecks), 0)::bigint as "paidKopecks"
       from acceptances where contractor_id = $1 and contract_id = any($2) group by contract_id`,
      [contractorId, contractIds],
    );
  }

  /** Marks where a piece of evidence counted in what is accepted, or waits for it. @returns those that were not marked before */
  async loseEvidence(tx: Tx, key: { contractorId: string; clientId: string }, evidenceId: string): Promise<LostEvidence[]> {
    const [rows] = await tx.query<[LostEvidence[], number]>(
      `update acceptances a set lost_evidence = array_append(lost_evidence, $3), version = version + 1, updated_at = app_now()
       where contractor_id = $1 and client_id = $2 and not $3 = any(lost_evidence) and exists (
         select 1 from acceptance_rounds r where r.contractor_id = a.contractor_id and r.acceptance_id = a.id
           and r.decision is distinct from 'refused' and r.evidence_ids @> array[$3])
       returning id, client_id as "clientId", contract_id as "contractId"`,
      [key.contractorId, key.clientId, evidenceId],
    );
    return rows;
  }
}
