import { describe, expect, it } from '@jest/globals';
import { actionsFrom, moved, POST_STATUSES, type PostAction, type PostStatus, stepOf } from './post.js';

describe('a post', () => {
  it.each<[PostStatus, PostAction, PostStatus | undefined]>([
    ['draft', 'submit', 'agencyReview'],
    ['draft', 'approve', undefined],
    ['draft', 'revoke', undefined],
    ['agencyReview', 'approve', 'clientReview'],
    ['agencyReview', 'return', 'changesRequested'],
    ['agencyReview', 'submit', undefined],
    ['clientReview', 'approve', 'approved'],
    ['clientReview', 'return', 'changesRequested'],
    ['approved', 'revoke', 'changesRequested'],
    ['approved', 'approve', undefined],
    ['approved', 'return', undefined],
    ['changesRequested', 'submit', 'agencyReview'],
    ['changesRequested', 'approve', undefined],
  ])('in %s, %s leads to %s', (status, action, next) => {
    expect(moved(status, action)).toBe(next);
  });

  it('goes back to draft with any edit, whatever its status', () => {
    for (const status of POST_STATUSES) expect(moved(status, 'edit')).toBe('draft');
  });

  it('is approved only by the client’s approval, which only follows the agency’s', () => {
    const into = (target: PostStatus) =>
      POST_STATUSES.filter((status) => actionsFrom(status).some((action) => moved(status, action) === target));
    expect(into('approved')).toEqual(['clientReview']);
    expect(into('clientReview')).toEqual(['agencyReview']);
    expect(stepOf('clientReview')).toBe('client');
    expect(stepOf('agencyReview')).toBe('agency');
    expect(stepOf('approved')).toBeUndefined();
  });
});
