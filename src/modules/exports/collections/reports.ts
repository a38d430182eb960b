import { REPORT_CHANGES } from '../../reports/report-changes.js';
import type { Collection } from '../collection.js';

export const reports: Collection = {
  ...{ name: 'reports', permission: 'reports.read', source: REPORT_CHANGES },
  kinds: { versions: 'number', createdAt: 'instant' },
};
