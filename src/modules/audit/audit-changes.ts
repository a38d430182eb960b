import type { ChangeSource } from '../../platform/changes/change-source.js';

/** What other systems may read of the audit log, by change; entries never change. */
export const AUDIT_CHANGES: ChangeSource = {
  table: 'audit_entries',
  columns: {
    ...{ clientId: 'client_id', at: 'at', actorKind: 'actor_kind', actorId: 'actor_id', action: 'action' },
    ...{ objectType: 'object_type', objectId: 'object_id', requestId: 'request_id' },
  },
};
