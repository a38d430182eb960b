import { AUDIT_CHANGES } from '../../audit/audit-changes.js';
import type { Collection } from '../collection.js';

export const audit: Collection = {
  ...{ name: 'audit', permission: 'audit.read', source: AUDIT_CHANGES },
  kinds: { at: 'instant' },
};
