import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { Outbox } from '../../../platform/queue/outbox.js';
import type { Actor } from '../../audit/audit.js';
import { AuditService } from '../../audit/audit.service.js';
import type { AcceptanceState } from './acceptance.js';
import { acceptanceMoved, acceptedEvidenceLost } from './acceptance.events.js';

/** What the records name. */
export interface AcceptanceRef {
  readonly id: string;
  readonly clientId: string;
  readonly contractId: string;
}

/** What is written whenever an acceptance changes: the audit line, and the event. */
@Injectable()
export class AcceptanceRecords {
  constructor(
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
  ) {}

  /** It came into a state. */
  async moved(
    tx: Tx,
    who: Actor | Principal,
    acceptance: AcceptanceRef,
    { state, action, details }: { state: AcceptanceState; action: string; details?: object },
  ): Promise<void> {
    const { id: acceptanceId, clientId, contractId } = acceptance;
    await this.noted(tx, who, acceptance, { action, details: { state, ...details } });
    const { contractorId } = who;
    await this.outbox.publish(tx, acceptanceMoved, { contractorId, clientId, contractId, acceptanceId, state });
  }

  /** Something about it was written that changes no state. */
  async noted(
    tx: Tx,
    who: Actor | Principal,
    { id: objectId, clientId, contractId }: AcceptanceRef,
    { action, details }: { action: string; details: object },
  ): Promise<void> {
    const fact = { action, objectType: 'acceptance', objectId, clientId, details: { contractId, ...details } };
    await this.audit.record(tx, who, fact);
  }

  async evidenceLost(tx: Tx, who: Actor, acceptance: AcceptanceRef, evidenceId: string): Promise<void> {
    const { id: acceptanceId, clientId, contractId } = acceptance;
    await this.noted(tx, who, acceptance, { action: 'acceptance.evidenceLost', details: { evidenceId } });
    const { contractorId } = who;
    await this.outbox.publish(tx, acceptedEvidenceLost, { contractorId, clientId, contractId, acceptanceId, evidenceId });
  }
}
