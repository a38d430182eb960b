import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Tx } from '../../../platform/database/work.js';
import type { Round } from './acceptance.js';
import { AcceptanceRoundEntity } from './acceptance.entity.js';

export type NewRound = Pick<
  AcceptanceRoundEntity,
  | 'contractorId'
  | 'id'
  | 'clientId'
  | 'acceptanceId'
  | 'number'
  | 'contractVersion'
  | 'claimedKopecks'
  | 'documentNumber'
  | 'snapshot'
  | 'snapshotSha256'
  | 'cutOffAt'
  | 'submittedBy'
> &
  Pick<Round, 'lines'> & { readonly evidenceIds: readonly string[] };

export type DecidedRound = Pick<
  Round,
  | 'decision'
  | 'receivedAt'
  | 'decidedAt'
  | 'decidedBy'
  | 'decisionDocument'
  | 'verdicts'
  | 'remarks'
  | 'cureOn'
  | 'acceptedKopecks'
>;

/** A round with what was frozen. */
export type WholeRound = Round & { readonly snapshot: string };

@Injectable()
export class AcceptanceRoundStore {
  async insert(tx: Tx, round: NewRound): Promise<void> {
    const lists = { lines: [...round.lines], evidenceIds: [...round.evidenceIds], verdicts: [], remarks: [] };
    await tx.insert(AcceptanceRoundEntity, { ...round, ...lists });
  }

  /** Without what was frozen; by acceptance, in order. */
  list(tx: Tx, contractorId: string, acceptanceIds: readonly string[]): Promise<Round[]> {
    if (acceptanceIds.length === 0) return Promise.resolve([]);
    const where = { contractorId, acceptanceId: In([...acceptanceIds]) };
    return tx.find(AcceptanceRoundEntity, { where, order: { acceptanceId: 'ASC', number: 'ASC' } });
  }

  async find(tx: Tx, contractorId: string, id: string): Promise<WholeRound | undefined> {
    const round = await tx.findOneBy(AcceptanceRoundEntity, { contractorId, id });
    if (!round) return undefined;
    const rows = await tx.query<{ snapshot: string }[]>(
      'select snapshot from acceptance_rounds where contractor_id = $1 and id = $2',
      [contractorId, id],
    );
    return { ...round, snapshot: rows[0]!.snapshot };
  }

  async receive(tx: Tx, contractorId: string, id: string, receivedAt: Date): Promise<void> {
    await tx.update(AcceptanceRoundEntity, { contractorId, id }, { receivedAt });
  }

  async decide(tx: Tx, contractorId: string, id: string, decided: DecidedRound): Promise<void> {
    const changes = { ...decided, verdicts: [...decided.verdicts], remarks: [...decided.remarks] };
    await tx.update(AcceptanceRoundEntity, { contractorId, id }, changes);
  }
}
