import { describe, expect, it } from '@jest/globals';
import type { PublishOutcome, Reason } from '../../networks/network.js';
import { PUBLICATION_STATES, type PublicationState, SETTLE_SECONDS, settle, stopsPage, waitSeconds } from './publication.js';

const reason: Reason = { code: 'any', message: 'Причина' };
const published: PublishOutcome = { kind: 'published', externalId: '7', url: 'https://vk.com/wall-1_7' };
const retryLater: PublishOutcome = { kind: 'retryLater', reason, afterMs: 5_000 };

describe('a settled attempt', () => {
  it.each<[PublishOutcome, number, boolean, PublicationState]>([
    [published, 1, false, 'published'],
    [published, 1, true, 'published'],
    [{ kind: 'refused', reason }, 1, false, 'refused'],
    [{ kind: 'refused', reason }, 1, true, 'withdrawn'],
    [retryLater, 1, false, 'scheduled'],
    [retryLater, 19, false, 'scheduled'],
    [retryLater, 20, false, 'held'],
    [retryLater, 1, true, 'withdrawn'],
    [{ kind: 'credentialLost', reason }, 1, false, 'held'],
    [{ kind: 'needsPerson', reason }, 1, false, 'held'],
    [{ kind: 'needsPerson', reason }, 1, true, 'withdrawn'],
    [{ kind: 'unclear', reason }, 1, false, 'unclear'],
    [{ kind: 'unclear', reason }, 99, false, 'unclear'],
    // What may be on the wall is never called withdrawn.
    [{ kind: 'unclear', reason }, 1, true, 'unclear'],
  ])('%j on try %i, withdrawal asked: %s, leaves it %s', (outcome, tries, withdrawn, state) => {
    expect(settle(outcome, tries, withdrawn).state).toBe(state);
  });

  it('keeps what the network said, and when to come back', () => {
    expect(settle(published, 1, false)).toEqual({ state: 'published', externalId: '7', url: 'https://vk.com/wall-1_7' });
    expect(settle({ kind: 'unclear', reason }, 1, false)).toEqual({ state: 'unclear', reason, lookInSeconds: SETTLE_SECONDS });
    expect(settle(retryLater, 1, false)).toEqual({ state: 'scheduled', reason, againInSeconds: 5 });
    for (const [outcome, withdrawn, state] of [
      [{ kind: 'refused', reason }, false, 'refused'],
      [{ kind: 'refused', reason }, true, 'withdrawn'],
      [{ kind: 'credentialLost', reason }, false, 'held'],
      [{ kind: 'credentialLost', reason }, true, 'withdrawn'],
      [{ ...retryLater }, true, 'withdrawn'],
    ] as [PublishOutcome, boolean, string][])
      expect(settle(outcome, 1, withdrawn)).toEqual({ state, reason });
    expect(settle(retryLater, 20, false)).toEqual({ state: 'held', reason });
  });

  it('is in one of the states that people are told of', () => {
    expect(PUBLICATION_STATES).toHaveLength(11);
  });

  it.each<[PublishOutcome, Reason | undefined]>([
    [published, undefined],
    [{ kind: 'refused', reason }, undefined],
    [retryLater, undefined],
    [{ kind: 'unclear', reason }, undefined],
    [{ kind: 'unclear', reason, stopsPage: false }, undefined],
    [{ kind: 'unclear', reason, stopsPage: true }, reason],
    [{ kind: 'credentialLost', reason }, reason],
    [{ kind: 'needsPerson', reason }, reason],
  ])('after %j stops the page: %j', (outcome, why) => {
    expect(stopsPage(outcome)).toEqual(why);
  });

  it.each([
    [0, 'rate-limited', 1],
    [1, 'rate-limited', 1],
    [1_000, 'rate-limited', 1],
    [5_001, 'network-error', 6],
    [1e12, 'flood-control', 3_600],
    [54_300_000, 'daily-limit', 54_300],
    [1e12, 'daily-limit', 90_000],
    [1e12, 'ads-limit', 90_000],
  ])('B19 waits after %i ms of “%s” for %i s, however much was asked', (afterMs, code, seconds) => {
    expect(waitSeconds({ afterMs, reason: { ...reason, code } })).toBe(seconds);
  });
});
