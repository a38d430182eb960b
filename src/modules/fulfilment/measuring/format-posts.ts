import type { PostFormat } from '../../contracts/requirement.js';
import { countPosts, plannedPosts } from './counted-posts.js';
import type { Measure } from './line.js';
import { PER, plural, rulesOf } from './wording.js';

const WITH: Readonly<Record<PostFormat, string>> = {
  ...{ photo: 'с фотографией', video: 'с видео', document: 'с документом', poll: 'с опросом', link: 'со ссылкой' },
};

/** Posts of one format in each period. What a format is follows from the approved version of the post. */
export const formatPosts: Measure = {
  source: 'publications',
  planned: plannedPosts,
  says(line) {
    const { count, period, format } = line.requirement;
    const many = plural(count ?? 0, 'публикации', 'публикаций', 'публикаций');
    return `Не меньше ${many} ${WITH[format!]} ${PER[period]}: ${rulesOf(line)}`;
  },
  judge: countPosts,
};
