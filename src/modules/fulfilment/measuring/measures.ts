import type { RequirementKind } from '../../contracts/requirement.js';
import { answeredShare } from './answered-share.js';
import { contentPlan } from './content-plan.js';
import { designRefresh } from './design-refresh.js';
import { eventPost } from './event-post.js';
import { firstReply } from './first-reply.js';
import { formatPosts } from './format-posts.js';
import type { Measure } from './line.js';
import { posts } from './posts.js';
import { reachShare } from './reach-share.js';
import { report } from './report.js';
import { urgentPost } from './urgent-post.js';

/** How each kind of requirement is measured. */
export const MEASURES: Readonly<Record<RequirementKind, Measure>> = {
  ...{ posts, formatPosts, urgentPost, eventPost, report },
  ...{ contentPlan, firstReply, answeredShare, reachShare, designRefresh },
};
