import { POST_METRICS } from '../../../networks/numbers.js';
import { PAGE_ROLLUP_CHANGES, POST_ROLLUP_CHANGES } from '../../metrics/metrics-changes.js';
import type { Collection } from '../collection.js';

export const postNumbers: Collection = {
  ...{ name: 'postNumbers', permission: 'metrics.read', source: POST_ROLLUP_CHANGES },
  kinds: {
    startsAt: 'instant',
    ...Object.fromEntries(POST_METRICS.map((metric) => [metric, 'number' as const])),
    snapshots: 'number',
  },
};

export const pageNumbers: Collection = {
  ...{ name: 'pageNumbers', permission: 'metrics.read', source: PAGE_ROLLUP_CHANGES },
  kinds: { startsAt: 'instant', members: 'number', weekReach: 'number', snapshots: 'number' },
};
