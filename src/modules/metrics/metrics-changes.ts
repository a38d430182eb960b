import { POST_METRICS } from '../../networks/numbers.js';
import type { ChangeSource } from '../../platform/changes/change-source.js';
import { columnOf } from './columns.js';

/** Hours and days of posts: late numbers change the row of their hour. A gap has no row, and a number that nobody told is null. */
export const POST_ROLLUP_CHANGES: ChangeSource = {
  table: 'post_rollups',
  columns: {
    ...{ clientId: 'client_id', pageId: 'page_id', publicationId: 'publication_id', unit: 'unit', startsAt: 'starts_at' },
    ...Object.fromEntries(POST_METRICS.map((metric) => [metric, columnOf(metric)])),
    snapshots: 'snapshots',
  },
};

export const PAGE_ROLLUP_CHANGES: ChangeSource = {
  table: 'page_rollups',
  columns: {
    ...{ clientId: 'client_id', pageId: 'page_id', unit: 'unit', startsAt: 'starts_at' },
    ...{ members: 'members', weekReach: 'week_reach', snapshots: 'snapshots' },
  },
};
