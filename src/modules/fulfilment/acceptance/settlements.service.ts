import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { Ids } from '../../../platform/ids/ids.js';
import { type AcceptanceCase, AcceptanceCases, checkMove, dayIn } from './acceptance-cases.service.js';
import { AcceptanceRefused } from './acceptance.errors.js';
import { AcceptanceRecords } from './acceptance-records.service.js';
import type { Round } from './acceptance.js';

export interface InvoiceDraft {
  readonly number: string;
  readonly invoicedOn: string;
}

export interface PaymentDraft {
  readonly paidOn: string;
  readonly kopecks: bigint;
  readonly document: string | null;
}

/** What people record of the money until invoices and bank statements are read. */
@Injectable()
export class SettlementsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cases: AcceptanceCases,
    private readonly records: AcceptanceRecords,
    private readonly ids: Ids,
  ) {}

  /** @throws AcceptanceNotFound, VersionStale, AcceptanceTransitionRefused, AcceptanceRefused */
  invoice(who: Principal, id: string, { number, invoicedOn }: InvoiceDraft, version?: number): Promise<AcceptanceCase> {
    const { contractorId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.cases.lock(tx, { contractorId, id }, version);
      checkMove(before, 'invoiced');
      if (before.acceptance.acceptedKopecks === 0n)
        refuse('number', 'What was accepted costs nothing: there is nothing to invoice');
      checkDay('invoicedOn', invoicedOn, before, dayIn(before.contract, await this.cases.now(tx)));
      const changes = { state: 'invoiced' as const, invoiceNumber: number, invoicedOn };
      await this.cases.rows.acceptances.update(tx, { contractorId, id }, changes);
      const details = { number, invoicedOn };
      await this.records.moved(tx, who, before.acceptance, { state: 'invoiced', action: 'acceptance.invoiced', details });
      return this.cases.read(tx, { contractorId, id });
    });
  }

  /** A part, or the rest; never more than was accepted. @throws AcceptanceNotFound, AcceptanceTransitionRefused, AcceptanceRefused */
  pay(who: Principal, id: string, { paidOn, kopecks, document }: PaymentDraft): Promise<AcceptanceCase> {
    const { contractorId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.cases.lock(tx, { contractorId, id });
      checkMove(before, 'paid');
      const { acceptedKopecks, clientId } = before.acceptance;
      const paidKopecks = before.acceptance.paidKopecks + kopecks;
      if (paidKopecks > acceptedKopecks)
        refuse('kopecks', `Of what was accepted ${acceptedKopecks - before.acceptance.paidKopecks} kopecks are not paid yet`);
      checkDay('paidOn', paidOn, before, dayIn(before.contract, await this.cases.now(tx)));
      const row = { contractorId, id: this.ids.next(), clientId, acceptanceId: id, paidOn, kopecks, document };
      await this.cases.rows.payments.insert(tx, { ...row, recordedBy: who.memberId });
      const state = paidKopecks === acceptedKopecks ? 'paid' : 'invoiced';
      await this.cases.rows.acceptances.update(tx, { contractorId, id }, { state, paidKopecks });
      const details = { paidOn, kopecks: String(kopecks) };
      await this.records.moved(tx, who, before.acceptance, { state, action: 'acceptance.paymentRecorded', details });
      return this.cases.read(tx, { contractorId, id });
    });
  }
}

/** Not before anything was accepted, and not ahead. */
function checkDay(field: string, day: string, { contract, rounds }: AcceptanceCase, today: string): void {
  const first = rounds.find(({ acceptedKopecks }: Round) => acceptedKopecks > 0n)!;
  if (day < dayIn(contract, first.decidedAt!)) refuse(field, 'Nothing was accepted by that day');
  if (day > today) refuse(field, 'The day is still ahead');
}

function refuse(field: string, reason: string): never {
  throw new AcceptanceRefused({ fields: [{ field, reason }] });
}
