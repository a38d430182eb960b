import { describe, expect, it } from '@jest/globals';
import type { PublishOutcome, Reason } from '../../networks/network.js';
import { parkedByCall, parkedBySend } from './parking.js';

const reason = (code: string): Reason => ({ code, message: 'Причина' });
const later = (code: string, afterMs: number) => ({ kind: 'retryLater', reason: reason(code), afterMs }) as const;

describe('a page is left alone', () => {
  it.each<[PublishOutcome, number | undefined]>([
    [{ kind: 'published', externalId: '7', url: 'https://vk.com/wall-1_7' }, undefined],
    [{ kind: 'refused', reason: reason('text-too-long') }, undefined],
    [{ kind: 'needsPerson', reason: reason('captcha') }, undefined],
    [{ kind: 'unclear', reason: reason('no-answer') }, undefined],
    [later('rate-limited', 1_000), 1],
    [later('not-connected', 5_000), 5],
    [later('flood-control', 3_600_000), 3_600],
    [later('action-blocked', 3 * 3_600_000), 3_600],
    [later('daily-limit', 15 * 3_600_000), 15 * 3_600],
    [{ kind: 'unclear', reason: reason('flood-control') }, 600],
  ])('after a send with %j for %p seconds', (outcome, seconds) => {
    expect(parkedBySend(outcome)?.seconds).toBe(seconds);
  });

  it.each([
    [later('broken-answer', 60_000), undefined],
    [later('upload-failed', 60_000), undefined],
    [later('daily-limit', 7_200_000), 7_200],
    [later('rate-limited', 1_000), 1],
    [{ kind: 'done', value: 'photo1_2' } as const, undefined],
  ])('after another call with %j for %p seconds', (outcome, seconds) => {
    expect(parkedByCall(outcome)?.seconds).toBe(seconds);
  });
});
