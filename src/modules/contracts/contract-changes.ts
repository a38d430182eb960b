import type { ChangeSource } from '../../platform/changes/change-source.js';

/** What other systems may read of contracts, by change. Days as text: they have no zone. */
export const CONTRACT_CHANGES: ChangeSource = {
  table: 'contracts',
  columns: {
    ...{ clientId: 'client_id', number: 'number', concludedOn: 'concluded_on::text', kind: 'kind', subject: 'subject' },
    ...{ priceKopecks: 'price_kopecks', startsOn: 'starts_on::text', endsOn: 'ends_on::text', timeZone: 'time_zone' },
    ...{ status: 'status', signedOn: 'signed_on::text', versions: 'versions', terminatedAt: 'terminated_at' },
    ...{ createdAt: 'created_at', updatedAt: 'updated_at' },
  },
};

/** A plan that changes takes stages away that had not begun. */
export const STAGE_CHANGES: ChangeSource = {
  table: 'contract_stages',
  columns: {
    ...{ clientId: 'client_id', contractId: 'contract_id', ordinal: 'ordinal', title: 'title', startsOn: 'starts_on::text' },
    ...{ endsOn: 'ends_on::text', amountKopecks: 'amount_kopecks', state: 'state' },
    ...{ createdAt: 'created_at', updatedAt: 'updated_at' },
  },
  tombstones: 'stages',
};
