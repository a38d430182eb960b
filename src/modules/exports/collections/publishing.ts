import { PUBLICATION_CHANGES } from '../../publishing/publication-changes.js';
import type { Collection } from '../collection.js';

export const publications: Collection = {
  ...{ name: 'publications', permission: 'publications.read', source: PUBLICATION_CHANGES },
  kinds: { slot: 'number', dueAt: 'instant', publishedAt: 'instant', createdAt: 'instant', updatedAt: 'instant' },
};
