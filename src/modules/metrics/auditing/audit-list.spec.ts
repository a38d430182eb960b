import { describe, expect, it } from '@jest/globals';
import { cursorOf, placeOf } from './audit-list.js';

describe('the place of a page in the list of audits', () => {
  it('is found again by its cursor', () => {
    const place = { lost: 15, pageId: '019b76da-a800-7000-8000-000000000009' };
    expect(placeOf(cursorOf(place))).toEqual(place);
  });

  it.each(['', 'x', Buffer.from('15').toString('base64url'), Buffer.from('-1 019b76da').toString('base64url')])(
    'is not told by %j',
    (cursor) => expect(placeOf(cursor)).toBeUndefined(),
  );
});
