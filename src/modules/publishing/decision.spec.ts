import { describe, expect, it } from '@jest/globals';
import { decidableStates, type DecisionKind, DECISIONS, decisionsFor } from './decision.js';
import { PUBLICATION_STATES, type PublicationState } from './publication.js';

describe('what a person may decide', () => {
  it.each<[PublicationState, DecisionKind[]]>([
    ['scheduled', []],
    ['claimed', []],
    ['sending', []],
    ['published', []],
    ['refused', ['adopt', 'sendAgain', 'giveUp']],
    ['unclear', ['adopt', 'sendAgain', 'giveUp']],
    ['held', ['adopt', 'sendAgain', 'giveUp']],
    // What a person publishes is never sent by the machine.
    ['byHand', ['adopt', 'giveUp']],
    ['withdrawn', []],
    ['abandoned', []],
    ['deleted', []],
  ])('about a publication that is %s: %j', (state, decisions) => {
    expect(decisionsFor(state)).toEqual(decisions);
  });

  it.each(DECISIONS)('is told the same way round: %s', (decision) => {
    const states = PUBLICATION_STATES.filter((state) => decisionsFor(state).includes(decision));
    expect([...decidableStates(decision)].sort()).toEqual([...states].sort());
  });

  it('covers every state', () => {
    for (const state of PUBLICATION_STATES) expect(Array.isArray(decisionsFor(state))).toBe(true);
  });
});
