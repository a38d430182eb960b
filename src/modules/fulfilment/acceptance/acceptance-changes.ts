import type { ChangeSource } from '../../../platform/changes/change-source.js';

/** What other systems may read of the acceptance of stages, by change: what was accepted, invoiced and paid. */
export const ACCEPTANCE_CHANGES: ChangeSource = {
  table: 'acceptances',
  columns: {
    ...{ clientId: 'client_id', contractId: 'contract_id', stageId: 'stage_id', state: 'state' },
    ...{ claimedKopecks: 'claimed_kopecks', acceptedKopecks: 'accepted_kopecks', paidKopecks: 'paid_kopecks' },
    ...{ invoiceNumber: 'invoice_number', invoicedOn: 'invoiced_on::text', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
};

/** Issued once, never changed: a correction is another row of the same number. */
export const ACT_CHANGES: ChangeSource = {
  table: 'acts',
  columns: {
    ...{ clientId: 'client_id', acceptanceId: 'acceptance_id', year: 'year', number: 'number', actVersion: 'version' },
    ...{ reason: 'reason', issuedAt: 'issued_at' },
  },
};

export const PAYMENT_CHANGES: ChangeSource = {
  table: 'acceptance_payments',
  columns: {
    ...{ clientId: 'client_id', acceptanceId: 'acceptance_id', paidOn: 'paid_on::text', kopecks: 'kopecks' },
    ...{ document: 'document', recordedAt: 'recorded_at' },
  },
};
