import { describe, expect, it } from '@jest/globals';
import { ACCEPTANCE_STATES, type AcceptanceState, canMove, stateAfter, transitionsFrom } from './acceptance.js';

const ALLOWED: Record<AcceptanceState, readonly AcceptanceState[]> = {
  awaitingSubmission: ['submitted'],
  submitted: ['accepted', 'partiallyAccepted', 'refused'],
  accepted: ['invoiced'],
  partiallyAccepted: ['rework', 'invoiced'],
  refused: ['rework'],
  rework: ['submitted'],
  invoiced: ['paid'],
  paid: [],
};

describe('an acceptance', () => {
  it.each(ACCEPTANCE_STATES.flatMap((from) => ACCEPTANCE_STATES.map((to) => [from, to] as const)))(
    'that is %s becomes %s only where 7.2 draws a line',
    (from, to) => {
      expect(canMove(from, to)).toBe(ALLOWED[from].includes(to));
      expect(transitionsFrom(from).includes(to)).toBe(ALLOWED[from].includes(to));
    },
  );

  it.each([
    ['accepted', 0n, 'accepted'],
    ['accepted', 5n, 'accepted'],
    ['partiallyAccepted', 0n, 'partiallyAccepted'],
    ['refused', 0n, 'refused'],
    // What an earlier round accepted can still be invoiced.
    ['refused', 5n, 'partiallyAccepted'],
  ] as const)('after %s with %i kopecks accepted before is %s', (decision, before, state) => {
    expect(stateAfter(decision, before)).toBe(state);
  });
});
