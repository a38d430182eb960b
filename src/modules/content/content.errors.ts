import { defineError } from '../../platform/errors/domain-error.js';

export const PostNotFound = defineError('content.post-not-found', 'notFound', 'There is no such post');
export const PostLocked = defineError(
  'content.post-locked',
  'conflict',
  'The post is being or has been published: open a correction of it, or write a new one',
);
export const PostNotLocked = defineError(
  'content.post-not-locked',
  'conflict',
  'Nothing of this post has been sent yet, so it needs no correction: edit it',
);
export const PostNotApproved = defineError(
  'content.post-not-approved',
  'conflict',
  'The post has no approved version: submit it and get it approved by the agency and by the client',
);
export const PostTransitionRefused = defineError(
  'content.transition-refused',
  'conflict',
  'This can’t be done in the post’s present status: see allowedTransitions',
);
export const OtherSidesTurn = defineError(
  'content.other-sides-turn',
  'conflict',
  'It is the other side’s turn to decide about this post',
);
export const OwnPost = defineError('content.own-post', 'conflict', 'The author of a post can’t approve it: ask a colleague');
export const ContentChanged = defineError(
  'content.content-changed',
  'conflict',
  'The post was edited after you read it: look at its present text before you decide',
);
export const PersonNeeded = defineError('content.person-needed', 'forbidden', 'Approvals are given by people, not by API keys');
export const MediaNotFound = defineError('content.media-not-found', 'notFound', 'There is no such photo, video or document');
export const MediaUnknown = defineError(
  'content.media-unknown',
  'invalid',
  'One of the photos, videos or documents does not exist or belongs to another client',
);
export const MediaRefused = defineError('content.media-refused', 'invalid', 'This file can’t be published: see fields');
