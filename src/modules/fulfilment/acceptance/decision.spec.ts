import { describe, expect, it } from '@jest/globals';
import { fixedClaim } from './claim.js';
import { type DecisionDraft, judge } from './decision.js';

const ROUND = fixedClaim({ title: 'Этап', amountKopecks: 1_000n }, []);
const REMARK = { deliverable: 'posts-vk', reason: 'Мало' };
const LESS = { line: 1, acceptedKopecks: 400n, acceptedQuantity: null, reason: 'Мало' };

function judgement(changes: Partial<DecisionDraft>) {
  const draft = { decision: 'accepted', decidedAt: null, documentNumber: null, lines: [], remarks: [], cureOn: null } as const;
  return judge({ ...draft, ...changes }, ROUND, ['posts-vk'], '2026-03-10');
}

describe('a decision', () => {
  it.each<[string, Partial<DecisionDraft>, bigint]>([
    ['accepted', {}, 1_000n],
    ['accepted in part', { decision: 'partiallyAccepted', lines: [LESS] }, 400n],
    ['accepted in part, the rest to be cured', { decision: 'partiallyAccepted', lines: [LESS], cureOn: '2026-03-10' }, 400n],
    ['refused', { decision: 'refused', remarks: [REMARK], cureOn: '2026-03-20' }, 0n],
    ['refused by a line', { decision: 'refused', remarks: [{ ...REMARK, deliverable: 'line-1' }], cureOn: '2026-03-20' }, 0n],
  ])('may be: %s', (_, changes, acceptedKopecks) => {
    expect(judgement(changes)).toMatchObject({ problems: [], acceptedKopecks });
  });

  it.each<[string, Partial<DecisionDraft>, string[]]>([
    ['a refusal without reasons and a day', { decision: 'refused' }, ['remarks', 'cureOn']],
    [
      'a refusal of what was not submitted',
      { decision: 'refused', remarks: [{ ...REMARK, deliverable: 'x' }], cureOn: '2026-03-20' },
      ['remarks.0.deliverable'],
    ],
    ['a cure before the decision', { decision: 'refused', remarks: [REMARK], cureOn: '2026-03-09' }, ['cureOn']],
    ['a part without lines', { decision: 'partiallyAccepted' }, ['lines']],
    ['a part that is nothing', { decision: 'partiallyAccepted', lines: [{ ...LESS, acceptedKopecks: 0n }] }, ['lines']],
    [
      'a part that is all',
      { decision: 'partiallyAccepted', lines: [{ ...LESS, acceptedKopecks: 1_000n }] },
      ['lines.0.acceptedKopecks'],
    ],
    ['a line twice', { decision: 'partiallyAccepted', lines: [LESS, LESS] }, ['lines.1.line']],
    [
      'an acceptance with reservations',
      { lines: [LESS], remarks: [REMARK], cureOn: '2026-03-20' },
      ['lines', 'remarks', 'cureOn'],
    ],
  ])('may not be: %s', (_, changes, fields) => {
    expect(judgement(changes).problems.map(({ field }) => field)).toEqual(fields);
  });
});
