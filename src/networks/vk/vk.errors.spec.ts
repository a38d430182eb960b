import { describe, expect, it } from '@jest/globals';
import { restartsUpload, vkCallError, vkSendError } from './vk.errors.js';

const HOUR = 3_600_000;
/** 09:00 in Moscow: the next day there begins in 15 hours. */
const NOW = new Date('2026-12-01T06:00:00Z');
const NEXT_DAY = 15 * HOUR + 5 * 60_000;

/** code or codes (with a subcode), VK's words, what a repeatable call makes of it, what a send makes of it, our word, pause */
const TABLE: [number | string | number[], string, string, string, string, number?][] = [
  [1, 'Unknown error', 'retryLater', 'unclear', 'network-error', 5_000],
  [[2, 11], '', 'refused', 'unclear', 'our-configuration'],
  [[3, 4, 8, 12, 13, 16, 23, 34, 35, 9999], '', 'refused', 'unclear', 'our-configuration'],
  [8, 'Invalid request: Application is blocked', 'credentialLost', 'unclear', 'token-revoked'],
  [5, 'User authorization failed', 'credentialLost', 'credentialLost', 'token-revoked'],
  ['5.1130', 'access_token was given to another ip address', 'refused', 'refused', 'token-bound-to-address'],
  [6, 'Too many requests per second', 'retryLater', 'retryLater', 'rate-limited', 1_000],
  [7, 'Permission to perform this action is denied', 'credentialLost', 'credentialLost', 'right-missing'],
  [9, 'Flood control', 'retryLater', 'unclear', 'flood-control', 600_000],
  [10, 'Internal server error', 'retryLater', 'unclear', 'network-error', 5_000],
  [14, 'Captcha needed', 'needsPerson', 'needsPerson', 'captcha'],
  [15, 'Access denied', 'refused', 'refused', 'access-denied'],
  ['15.1133', 'Access denied', 'refused', 'refused', 'capability-missing'],
  ['15.1134', 'Access denied', 'refused', 'refused', 'capability-missing'],
  [17, 'Validation required', 'needsPerson', 'needsPerson', 'validation-required'],
  [[18, 30, 37], '', 'refused', 'unclear', 'user-unavailable'],
  [19, 'Content blocked', 'refused', 'unclear', 'content-blocked'],
  [[20, 21, 28, 1051], '', 'refused', 'unclear', 'capability-missing'],
  [[22, 105], '', 'refused', 'unclear', 'upload-failed'],
  [[24, 25], '', 'needsPerson', 'unclear', 'confirmation-needed'],
  [27, 'Group authorization failed: method is unavailable with group auth.', 'refused', 'unclear', 'capability-missing'],
  [27, 'Group authorization failed: invalid access_token', 'credentialLost', 'unclear', 'token-revoked'],
  [29, 'Rate limit reached', 'retryLater', 'retryLater', 'daily-limit', NEXT_DAY],
  [36, 'Method execution was interrupted due to timeout', 'retryLater', 'unclear', 'network-error', 5_000],
  [[38, 39, 40, 41, 42], '', 'refused', 'unclear', 'our-configuration'],
  [43, 'This section is temporary unavailable', 'retryLater', 'unclear', 'section-off', HOUR],
  [100, 'One of the parameters specified was missing or invalid', 'refused', 'refused', 'bad-parameter'],
  [[101, 113, 114, 118, 119, 121, 122, 125, 129, 150], '', 'refused', 'unclear', 'bad-upload'],
  [103, 'Out of limits', 'retryLater', 'unclear', 'daily-limit', NEXT_DAY],
  [104, 'Not found', 'refused', 'unclear', 'not-found'],
  [[200, 204, 205], '', 'refused', 'unclear', 'access-denied'],
  [203, 'Access to group denied', 'credentialLost', 'credentialLost', 'right-missing'],
  [210, 'Access to wall post denied', 'refused', 'unclear', 'post-not-accessible'],
  [211, '', 'refused', 'unclear', 'comment-not-accessible'],
  [212, '', 'refused', 'unclear', 'comments-closed'],
  [213, '', 'refused', 'unclear', 'cannot-reply'],
  [214, 'Access to adding post denied', 'credentialLost', 'credentialLost', 'right-missing'],
  [214, 'a post is already scheduled for this time', 'refused', 'refused', 'slot-taken'],
  [214, 'you can only add 50 posts a day', 'retryLater', 'retryLater', 'daily-limit', NEXT_DAY],
  [214, 'can only schedule 25 posts on a day', 'retryLater', 'retryLater', 'daily-limit', NEXT_DAY],
  [214, 'cannot postpone post', 'refused', 'refused', 'bad-date'],
  [[219, 224], '', 'retryLater', 'retryLater', 'ads-limit', NEXT_DAY],
  [220, 'Too many recipients', 'refused', 'refused', 'too-many-recipients'],
  [222, 'Hyperlinks are forbidden', 'refused', 'refused', 'link-forbidden'],
  [223, '', 'retryLater', 'unclear', 'too-many-replies', HOUR],
  [225, '', 'refused', 'unclear', 'donut-off'],
  [243, '', 'refused', 'unclear', 'not-deleted'],
  [[250, 251, 252, 253], '', 'refused', 'unclear', 'poll-not-accessible'],
  [601, '', 'retryLater', 'unclear', 'daily-limit', NEXT_DAY],
  [[703, 704], '', 'needsPerson', 'unclear', 'person-needed'],
  [2000, '', 'refused', 'unclear', 'callback-limit'],
  [[1116, 1117, 3609, 3610, 3611], '', 'credentialLost', 'unclear', 'token-revoked'],
  [[3300, 3301, 3302, 3303, 3304, 3305], '', 'needsPerson', 'unclear', 'person-needed'],
  [77777, 'Something new', 'retryLater', 'unclear', 'unknown-error', 60_000],
];

describe('VK error codes', () => {
  it.each(TABLE)('reads %p «%s» as %s for a call and %s for a send', (codes, message, call, send, reason, ...[afterMs]) => {
    for (const written of [codes].flat()) {
      const [code = 0, subcode] = String(written).split('.').map(Number);
      const error = { code, message, ...(subcode === undefined ? {} : { subcode }) };
      const called = vkCallError(error, NOW);
      const sent = vkSendError(error, NOW);
      expect([called.kind, sent.kind, called.reason.code, sent.reason.code]).toEqual([call, send, reason, reason]);
      expect(called.reason).toMatchObject({ networkCode: String(written), networkMessage: message });
      expect(called.reason.message).toMatch(/^ВКонтакте: [а-я].*\.$/);
      if (afterMs !== undefined) expect(called).toMatchObject({ afterMs });
    }
  });

  it('starts an upload again for the codes of the upload flow only', () => {
    const restarting = [22, 101, 105, 113, 114, 118, 119, 121, 122, 125, 129, 150];
    for (const code of restarting) expect(restartsUpload({ code, message: '' })).toBe(true);
    for (const code of [1, 5, 6, 14, 100, 104, 214]) expect(restartsUpload({ code, message: '' })).toBe(false);
  });
});
