import { countPosts, plannedPosts } from './counted-posts.js';
import type { Measure } from './line.js';
import { PER, plural, rulesOf } from './wording.js';

/** Posts in each period. */
export const posts: Measure = {
  source: 'publications',
  planned: plannedPosts,
  says(line) {
    const { count, period } = line.requirement;
    return `Не меньше ${plural(count ?? 0, 'публикации', 'публикаций', 'публикаций')} ${PER[period]}: ${rulesOf(line)}`;
  },
  judge: countPosts,
};
