import { ACCEPTANCE_CHANGES, ACT_CHANGES, PAYMENT_CHANGES } from '../../fulfilment/acceptance/acceptance-changes.js';
import type { Collection } from '../collection.js';

/** Invoices too: an acceptance has one. */
export const acceptances: Collection = {
  ...{ name: 'acceptances', permission: 'acceptance.read', source: ACCEPTANCE_CHANGES },
  kinds: {
    ...{ claimedKopecks: 'kopecks', acceptedKopecks: 'kopecks', paidKopecks: 'kopecks' },
    ...{ createdAt: 'instant', updatedAt: 'instant' },
  },
};

export const acts: Collection = {
  ...{ name: 'acts', permission: 'acceptance.read', source: ACT_CHANGES },
  kinds: { year: 'number', number: 'number', actVersion: 'number', issuedAt: 'instant' },
};

export const payments: Collection = {
  ...{ name: 'payments', permission: 'acceptance.read', source: PAYMENT_CHANGES },
  kinds: { kopecks: 'kopecks', recordedAt: 'instant' },
};
