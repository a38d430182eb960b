import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { acceptedIn, acceptedLines, fixedClaim, joinedLines, judged, sumOfLines, unitClaim, type Verdict } from './claim.js';

const PRICES = [
  { title: 'Публикация', unit: 'шт.', priceKopecks: 1_000_001n },
  { title: 'Видео', unit: 'шт.', priceKopecks: 333_333n },
];
const VERDICT: Verdict = { line: 1, acceptedKopecks: 300n, acceptedQuantity: null, reason: 'Не всё' };

describe('a claim', () => {
  it('at a fixed price is one line of the stage, less what was accepted before', () => {
    const first = fixedClaim({ title: 'Этап', amountKopecks: 1_000n }, []);
    expect(first).toMatchObject({ claimedKopecks: 1_000n, lines: [{ number: 1, quantity: 1, amountKopecks: 1_000n }] });
    const accepted = acceptedLines(first.lines, [VERDICT]);
    const second = fixedClaim({ title: 'Этап', amountKopecks: 1_000n }, accepted);
    expect(second.claimedKopecks).toBe(700n);
    expect(joinedLines([accepted, acceptedLines(second.lines, [])])).toMatchObject([{ quantity: 1, amountKopecks: 1_000n }]);
  });

  it('of units is quantity by price, and what was accepted is not claimed again', () => {
    const counts = [{ title: 'Публикация', quantity: 12 }];
    const first = unitClaim(PRICES, counts, []);
    expect(first).toMatchObject({ claimedKopecks: 12_000_012n, lines: [{ quantity: 12 }] });
    const { verdicts, problems } = judged(first.lines, [
      { line: 1, acceptedQuantity: 11, acceptedKopecks: null, reason: 'Одна' },
    ]);
    expect([problems, sumOfLines(acceptedLines(first.lines, verdicts))]).toEqual([[], 11_000_011n]);
    expect(unitClaim(PRICES, counts, acceptedLines(first.lines, verdicts)).claimedKopecks).toBe(1_000_001n);
  });

  it('counts a title that is priced twice once', () => {
    expect(unitClaim([PRICES[0]!, PRICES[0]!], [{ title: 'Публикация', quantity: 1 }], []).lines).toHaveLength(1);
  });

  it.each<[string, Parameters<typeof judged>[1][number], string]>([
    ['names no line', { line: 9, acceptedKopecks: 1n, acceptedQuantity: null, reason: 'x' }, 'lines.0.line'],
    [
      'takes units of a fixed price',
      { line: 1, acceptedKopecks: null, acceptedQuantity: 1, reason: 'x' },
      'lines.0.acceptedKopecks',
    ],
    ['takes all of a line', { line: 1, acceptedKopecks: 1_000n, acceptedQuantity: null, reason: 'x' }, 'lines.0.acceptedKopecks'],
  ])('is not judged by what %s', (_, draft, field) => {
    const { lines } = fixedClaim({ title: 'Этап', amountKopecks: 1_000n }, []);
    expect(judged(lines, [draft]).problems.map((one) => one.field)).toEqual([field]);
  });

  it('accepts nothing by a refusal, whatever its lines say', () => {
    const { lines } = fixedClaim({ title: 'Этап', amountKopecks: 1_000n }, []);
    expect(acceptedIn({ decision: 'refused', lines, verdicts: [VERDICT] })).toEqual([]);
  });

  it('makes the price of the stage in the end, in whatever parts it is accepted', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { maxLength: 6 }),
        (amountKopecks, parts) => {
          const accepted: ReturnType<typeof acceptedLines>[] = [];
          for (const part of parts) {
            const { lines, claimedKopecks } = fixedClaim({ title: 'Этап', amountKopecks }, accepted.flat());
            if (part < claimedKopecks) accepted.push(acceptedLines(lines, [{ ...VERDICT, acceptedKopecks: part }]));
          }
          accepted.push(acceptedLines(fixedClaim({ title: 'Этап', amountKopecks }, accepted.flat()).lines, []));
          expect(sumOfLines(joinedLines(accepted))).toBe(amountKopecks);
        },
      ),
    );
  });
});
