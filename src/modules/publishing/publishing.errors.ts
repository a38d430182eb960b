import { defineError } from '../../platform/errors/domain-error.js';

export const PublicationNotFound = defineError('publishing.publication-not-found', 'notFound', 'There is no such publication');
export const PagesUnknown = defineError(
  'publishing.pages-unknown',
  'invalid',
  'One of the pages does not exist or belongs to another client',
);
export const PageUnsuitable = defineError(
  'publishing.page-unsuitable',
  'conflict',
  'The post can’t go out on one of the pages: see fields',
);
export const NoContractInForce = defineError(
  'publishing.no-contract',
  'conflict',
  'No active contract covers one of the pages at that time: see fields',
);
export const AlreadySent = defineError(
  'publishing.already-sent',
  'conflict',
  'On one of the pages the post is being or has been sent, so its time can’t change any more: see fields',
);
export const NothingToWithdraw = defineError(
  'publishing.nothing-to-withdraw',
  'conflict',
  'There is nothing to withdraw in its present state',
);
export const NotScheduled = defineError('publishing.not-scheduled', 'notFound', 'The post is not scheduled');
export const DecisionRefused = defineError(
  'publishing.decision-refused',
  'conflict',
  'This can’t be decided in the publication’s present state: see allowedTransitions',
);
export const PostNotThere = defineError(
  'publishing.post-not-there',
  'refusedByNetwork',
  'The network shows no such post of this page',
);
export const QuietPeriodNotFound = defineError('publishing.quiet-period-not-found', 'notFound', 'There is no such quiet period');
export const OutsidePostNotFound = defineError('publishing.outside-post-not-found', 'notFound', 'There is no such outside post');
export const BeingSent = defineError(
  'publishing.being-sent',
  'conflict',
  'The post is being sent, or nobody knows yet whether it is out: correct it when that is settled',
);
export const NotPublished = defineError(
  'publishing.not-published',
  'conflict',
  'Only what stands on its page can be edited: this publication is not published, or was taken back',
);
export const NothingToEdit = defineError('publishing.nothing-to-edit', 'conflict', 'The page says this already');
export const EditUnsuitable = defineError(
  'publishing.edit-unsuitable',
  'conflict',
  'The post can’t be changed into this on its page: see fields',
);
export const EditInProgress = defineError(
  'publishing.edit-in-progress',
  'conflict',
  'Another edit of this publication is under way: wait for its end',
);
