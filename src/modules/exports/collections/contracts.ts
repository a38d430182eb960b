import { CONTRACT_CHANGES, STAGE_CHANGES } from '../../contracts/contract-changes.js';
import type { Collection } from '../collection.js';

export const contracts: Collection = {
  ...{ name: 'contracts', permission: 'contracts.read', source: CONTRACT_CHANGES },
  kinds: { priceKopecks: 'kopecks', versions: 'number', terminatedAt: 'instant', createdAt: 'instant', updatedAt: 'instant' },
};

export const stages: Collection = {
  ...{ name: 'stages', permission: 'contracts.read', source: STAGE_CHANGES },
  kinds: { ordinal: 'number', amountKopecks: 'kopecks', createdAt: 'instant', updatedAt: 'instant' },
};
