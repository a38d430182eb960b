import { describe, expect, it } from '@jest/globals';
import type { EditOutcome, Reason } from '../../networks/network.js';
import { type SeenOnPage, settleEdit } from './edit.js';

const reason: Reason = { code: 'x', message: 'x' };
const edited: EditOutcome = { kind: 'edited' };
const unclear: EditOutcome = { kind: 'unclear', reason };
const NOT_SEEN = { code: 'not-seen-yet', message: expect.stringMatching(/ещё не видно/) };

describe('an edit that was tried', () => {
  it.each<[string, EditOutcome, SeenOnPage, number, object]>([
    ['done and seen', edited, 'same', 1, { state: 'applied', verified: true }],
    ['done, and the page can’t be read', edited, 'unknown', 1, { state: 'applied', verified: null }],
    ['done, and the page shows the old', edited, 'different', 1, { state: 'unclear', reason: NOT_SEEN, againInSeconds: 60 }],
    ['done thrice, and the page shows something else', edited, 'different', 3, { state: 'applied', verified: false }],
    ['unclear, but seen', unclear, 'same', 1, { state: 'applied', verified: true }],
    ['unclear', unclear, 'different', 1, { state: 'unclear', againInSeconds: 60 }],
    ['unclear, and the page can’t be read', unclear, 'unknown', 1, { state: 'unclear', againInSeconds: 60 }],
    ['unclear for the eighth time', unclear, 'different', 8, { state: 'held', reason }],
    ['unclear with a dead token', { kind: 'unclear', reason, stopsPage: true }, 'different', 1, { state: 'held', reason }],
    ['refused', { kind: 'refused', reason }, 'different', 1, { state: 'refused', reason }],
    ['refused, but seen: an earlier try was heard', { kind: 'refused', reason }, 'same', 2, { state: 'applied', verified: true }],
    ['not now', { kind: 'retryLater', reason, afterMs: 5_000 }, 'different', 1, { state: 'waiting', againInSeconds: 5 }],
    ['not now for the twentieth time', { kind: 'retryLater', reason, afterMs: 5_000 }, 'different', 20, { state: 'held' }],
    ['with a lost token', { kind: 'credentialLost', reason }, 'different', 1, { state: 'held', reason }],
    ['with a captcha', { kind: 'needsPerson', reason }, 'unknown', 1, { state: 'held', reason }],
  ])('%s', (_, outcome, seen, tries, settlement) => expect(settleEdit(outcome, seen, tries)).toMatchObject(settlement));
});
