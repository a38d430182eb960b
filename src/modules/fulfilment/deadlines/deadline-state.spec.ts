import { describe, expect, it } from '@jest/globals';
import type { DeadlineState, Outcome } from './deadline.js';
import { nextLook, stateOf, waitingFor } from './deadline-state.js';

const PASSES = new Date('2026-12-10T12:00:00Z');
const BEFORE = new Date('2026-12-10T11:59:59.999Z');

describe('what is of a date', () => {
  it.each<[Outcome, DeadlineState, DeadlineState]>([
    ['comes', 'open', 'met'],
    ['owed', 'open', 'missed'],
    ['met', 'met', 'met'],
    ['missed', 'missed', 'missed'],
    // Nobody is accused of what nobody knows.
    ['untold', 'open', 'open'],
  ])('%s: %s until its last instant, then %s', (outcome, before, after) => {
    expect(stateOf({ outcome, passesAt: PASSES }, BEFORE)).toBe(before);
    expect(stateOf({ outcome, passesAt: PASSES }, PASSES)).toBe(after);
  });

  it.each<[DeadlineState, string]>([
    ['open', 'client'],
    ['missed', 'client'],
    ['met', 'nobody'],
    ['cancelled', 'nobody'],
  ])('%s: it waits for %s', (state, whom) => {
    expect(waitingFor({ waitingFor: 'client' }, state)).toBe(whom);
  });

  it('is looked at again when the soonest of those that time decides is over', () => {
    const at = (outcome: Outcome, passesAt: Date) => ({ outcome, passesAt });
    const later = new Date('2026-12-11T12:00:00Z');
    expect(nextLook([at('owed', later), at('comes', PASSES), at('untold', BEFORE)], BEFORE)).toEqual(PASSES);
    expect(nextLook([at('owed', later), at('comes', PASSES)], PASSES)).toEqual(later);
    expect(nextLook([at('met', later), at('missed', later), at('untold', later)], BEFORE)).toBeNull();
  });
});
