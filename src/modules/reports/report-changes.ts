import type { ChangeSource } from '../../platform/changes/change-source.js';

/** Which reports there are and how many versions of each; the frozen document itself is read by its report. */
export const REPORT_CHANGES: ChangeSource = {
  table: 'reports',
  columns: {
    ...{ clientId: 'client_id', contractId: 'contract_id', kind: 'kind', startsOn: 'starts_on::text', endsOn: 'ends_on::text' },
    ...{ state: 'state', versions: 'versions', createdAt: 'created_at' },
  },
};
