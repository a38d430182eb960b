import type { ChangeSource } from '../../platform/changes/change-source.js';

/** What other systems may read of publications, by change. */
export const PUBLICATION_CHANGES: ChangeSource = {
  table: 'publications',
  columns: {
    ...{ clientId: 'client_id', postId: 'post_id', pageId: 'page_id', network: 'network', slot: 'slot', state: 'state' },
    ...{ dueAt: 'due_at', plannedLocal: 'planned_local', timeZone: 'time_zone', contentHash: 'content_hash' },
    ...{ externalId: 'external_id', url: 'url', publishedAt: 'published_at', drift: 'drift' },
    ...{ createdAt: 'created_at', updatedAt: 'updated_at' },
  },
};
