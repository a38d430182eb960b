import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { ContractId } from '../requirement-period.store.js';
import { AcceptanceCases } from './acceptance-cases.service.js';
import type { AcceptanceDate } from './acceptance-date.js';

/** When what is due in the acceptance of a contract's stages, for whoever lists dates. */
@Injectable()
export class AcceptanceDates {
  constructor(private readonly cases: AcceptanceCases) {}

  /** Of all stages in order, also those that are not ready yet; computed by the calendars that are known now. @throws ContractNotFound */
  async datesOf(tx: Tx, contractId: ContractId): Promise<AcceptanceDate[]> {
    const all = await this.cases.ofContract(tx, contractId);
    return all.flatMap(({ stage: { id: stageId }, duties }) =>
      duties.map(({ kind, round, dueOn, provisional, metOn }) => ({
        stageId,
        kind,
        round,
        dueOn,
        provisional,
        met: metOn !== null,
      })),
    );
  }
}
