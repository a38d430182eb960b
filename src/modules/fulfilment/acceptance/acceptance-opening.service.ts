import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import { Ids } from '../../../platform/ids/ids.js';
import { worker } from '../../audit/audit.js';
import { AgreedTerms } from '../../contracts/agreed-terms.service.js';
import type { ContractId } from '../requirement-period.store.js';
import { AcceptanceRecords } from './acceptance-records.service.js';
import { AcceptanceStore } from './acceptance.store.js';

/** Acceptance begins when the report of a stage is ready. */
@Injectable()
export class AcceptanceOpening {
  constructor(
    private readonly terms: AgreedTerms,
    private readonly acceptances: AcceptanceStore,
    private readonly records: AcceptanceRecords,
    private readonly ids: Ids,
  ) {}

  /** Opens what is ready and not open yet, once; also when the event is still on its way, or was told before. */
  async openReady(tx: Tx, { contractorId, contractId }: ContractId): Promise<void> {
    const ready = (await this.terms.stages(tx, { contractorId, id: contractId })).filter(({ state }) => state === 'reportReady');
    if (ready.length === 0) return;
    const open = new Set((await this.acceptances.ofContract(tx, { contractorId, contractId })).map(({ stageId }) => stageId));
    for (const { id: stageId, clientId, ordinal } of ready.filter(({ id }) => !open.has(id))) {
      const acceptance = { id: this.ids.next(), clientId, contractId, stageId };
      if (!(await this.acceptances.insert(tx, contractorId, acceptance))) continue;
      const what = { state: 'awaitingSubmission' as const, action: 'acceptance.opened', details: { ordinal } };
      await this.records.moved(tx, worker(contractorId), acceptance, what);
    }
  }
}
