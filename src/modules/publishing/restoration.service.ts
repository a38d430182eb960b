import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { worker } from '../audit/audit.js';
import { holdReason } from './hold-reasons.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { RestorationStore } from './restoration.store.js';

/** After a restore the database says "scheduled" of posts that went out since the copy was made. */
@Injectable()
export class RestorationService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: RestorationStore,
    private readonly records: PublicationRecords,
  ) {}

  /** Before any worker starts: whatever was due is looked for on its page first. @returns how many publications. */
  async doubtWhatWasDue(): Promise<number> {
    const reason = holdReason('restored');
    const contractors = await this.work.acrossTenants('doubt what was due', (tx) => this.rows.contractorsWithDue(tx));
    let count = 0;
    for (const contractorId of contractors) {
      count += await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
        const doubted = await this.rows.doubtDue(tx, contractorId, reason);
        for (const what of doubted)
          await this.records.moved(tx, worker(contractorId), { ...what, state: 'unclear' }, { code: reason.code });
        return doubted.length;
      });
    }
    return count;
  }
}
