import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import type { FieldProblem } from '../../../platform/errors/domain-error.js';
import type { Principal } from '../../../platform/http/access.js';
import { RequestInvalid, VersionStale } from '../../../platform/http/http.errors.js';
import { AuditService } from '../../audit/audit.service.js';
import { ArchiveConditions } from '../../contracts/archive-conditions.service.js';
import { HandoverItemNotFound, HandoverNotBegun, HandoverSeenByMachine } from '../fulfilment.errors.js';
import type { ContractId } from '../requirement-period.store.js';
import { HANDOVER_KINDS, type HandoverLine, type Settlement } from './handover.js';
import { HandoverLists } from './handover-lists.service.js';

export interface SettlementRequest {
  readonly state: Settlement;
  readonly note: string | null;
}

/** What is handed over at the end of a contract, and how far that is. */
@Injectable()
export class HandoverService implements OnModuleInit {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lists: HandoverLists,
    private readonly conditions: ArchiveConditions,
    private readonly audit: AuditService,
  ) {}

  /** A contract is archived when nothing of it is left to be handed over. */
  onModuleInit(): void {
    this.conditions.add((tx, { contractorId, id }) => this.openLines(tx, { contractorId, contractId: id }));
  }

  /** @throws ContractNotFound, HandoverNotBegun */
  read(who: Principal, contractId: string): Promise<HandoverLine[]> {
    return this.work.reading(who.scope, async (tx) => {
      const lines = await this.lists.read(tx, { contractorId: who.contractorId, contractId });
      if (lines.length === 0) throw new HandoverNotBegun();
      return lines;
    });
  }

  /**
   * Settles a line, or opens it again.
   * @throws HandoverItemNotFound, HandoverSeenByMachine, VersionStale, RequestInvalid when nobody says why it is waived
   */
  settle(who: Principal, id: string, { state, note }: SettlementRequest, version?: number): Promise<HandoverLine> {
    const { contractorId } = who;
    if (state === 'waived' && note === null)
      throw new RequestInvalid({ fields: [{ field: 'note', reason: 'Say why this is not needed' }] });
    return this.work.forTenant(who.scope, async (tx) => {
      const item = await this.lists.items.find(tx, contractorId, id);
      if (!item) throw new HandoverItemNotFound();
      const { contractId, clientId, code } = item;
      if (state === 'done' && HANDOVER_KINDS[code].by === 'machine') throw new HandoverSeenByMachine();
      if (!(await this.lists.items.settle(tx, { contractorId, id }, { state, note, by: who.memberId }, version)))
        throw new VersionStale();
      const details = { contractId, code, state };
      await this.audit.record(tx, who, {
        ...{ action: 'handover.settled', objectType: 'handoverItem', objectId: id, clientId, details },
      });
      return (await this.lists.read(tx, { contractorId, contractId })).find((line) => line.id === id)!;
    });
  }

  private async openLines(tx: Tx, contract: ContractId): Promise<FieldProblem[]> {
    await this.lists.begin(tx, contract);
    const lines = await this.lists.read(tx, contract);
    return lines
      .filter(({ state }) => state === 'open')
      .map(({ id, code }) => ({ field: `handover.${id}`, reason: `${HANDOVER_KINDS[code].title}: ещё не сделано` }));
  }
}
