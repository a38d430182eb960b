import type { ChangeSource } from '../../platform/changes/change-source.js';

/** What other systems may read of posts, by change. No texts: those are read one by one. */
export const POST_CHANGES: ChangeSource = {
  table: 'posts',
  columns: {
    ...{ clientId: 'client_id', title: 'title', authorId: 'author_id', status: 'status', currentVersion: 'current_version' },
    ...{ approvedHash: 'approved_hash', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
};
