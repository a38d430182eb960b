import { describe, expect, it } from '@jest/globals';
import { okCallError, okSendError } from './ok.errors.js';

const HOUR = 3_600_000;
const NOW = new Date('2026-12-01T06:00:00Z');
const NEXT_DAY = 15 * HOUR + 5 * 60_000;

/** codes, what a repeatable call makes of them, what a send makes of them, our word, pause */
const TABLE: [number[], string, string, string, number?][] = [
  [[1, 2, 30, 31, 9999], 'retryLater', 'unclear', 'network-error', 5_000],
  [[3], 'refused', 'refused', 'capability-missing'],
  [[4, 105], 'refused', 'refused', 'our-configuration'],
  [[21, 451, 453, 1200, 2001, 5000, 210, 900], 'refused', 'unclear', 'our-configuration'],
  [[7], 'retryLater', 'retryLater', 'action-blocked', 3 * HOUR],
  [[8], 'retryLater', 'retryLater', 'flood-control', HOUR],
  [[9], 'needsPerson', 'needsPerson', 'address-blocked'],
  [[10], 'credentialLost', 'credentialLost', 'right-missing'],
  [[11], 'retryLater', 'retryLater', 'daily-limit', NEXT_DAY],
  [[12], 'refused', 'unclear', 'cancelled'],
  [[22, 23, 24], 'credentialLost', 'unclear', 'not-admin'],
  [[50], 'credentialLost', 'credentialLost', 'not-admin'],
  [[100, 110, 120, 121, 140, 141, 160], 'refused', 'refused', 'bad-parameter'],
  [[101], 'refused', 'refused', 'wrong-application-key'],
  [[104], 'refused', 'refused', 'wrong-application-secret'],
  [[102, 103], 'credentialLost', 'credentialLost', 'token-revoked'],
  [[200], 'credentialLost', 'unclear', 'right-missing'],
  [[300], 'refused', 'unclear', 'not-found'],
  [[401, 402, 403], 'needsPerson', 'unclear', 'person-needed'],
  [[454], 'refused', 'unclear', 'text-rejected'],
  [[455, 456, 457, 458], 'refused', 'unclear', 'access-denied'],
  [[500, 501, 502, 503, 504, 505], 'refused', 'unclear', 'photo-rejected'],
  [[508, 511], 'needsPerson', 'unclear', 'spam-protection'],
  [[514], 'needsPerson', 'unclear', 'validation-required'],
  [[600], 'refused', 'refused', 'too-many-blocks'],
  [[601], 'refused', 'refused', 'text-too-long'],
  [[602, 603, 604], 'refused', 'refused', 'poll-rejected'],
  [[605, 606], 'refused', 'refused', 'content-rejected'],
  [[607], 'refused', 'refused', 'bad-link'],
  [[700, 701, 702], 'refused', 'unclear', 'comment-not-accessible'],
  [[704], 'refused', 'unclear', 'edit-window-over'],
  [[0, 106, 77777], 'retryLater', 'unclear', 'unknown-error', 60_000],
];

describe('OK error codes', () => {
  it.each(TABLE)('reads %p as %s for a call and %s for a send', (codes, call, send, reason, ...[afterMs]) => {
    for (const code of codes) {
      const error = { code, message: 'words' };
      const called = okCallError(error, NOW);
      const sent = okSendError(error, NOW);
      expect([called.kind, sent.kind, called.reason.code, sent.reason.code]).toEqual([call, send, reason, reason]);
      expect(called.reason).toMatchObject({ networkCode: String(code), networkMessage: 'words' });
      expect(called.reason.message).toMatch(/^Одноклассники: [а-я].*\.$/);
      if (afterMs !== undefined) expect(called).toMatchObject({ afterMs });
    }
  });
});
