import { defineError } from '../../platform/errors/domain-error.js';

export const PageNotAudited = defineError(
  'metrics.page-not-audited',
  'notFound',
  'The page had not been audited by that day: it is, with the first round of collecting after its connection',
);
