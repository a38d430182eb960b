import { POST_CHANGES } from '../../content/post-changes.js';
import type { Collection } from '../collection.js';

export const posts: Collection = {
  ...{ name: 'posts', permission: 'posts.read', source: POST_CHANGES },
  kinds: { currentVersion: 'number', createdAt: 'instant', updatedAt: 'instant' },
};
