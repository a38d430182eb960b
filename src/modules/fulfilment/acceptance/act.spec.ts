import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { usualClauses } from '../../contracts/clauses.js';
import { planStages, splitEqually } from '../../contracts/stage-plan.js';
import { VAT_MODES, type VatMode, vatIncluded } from '../../contracts/vat.js';
import { type ActBasis, type ActContent, actOf } from './act.js';
import { actLines, ratePeriods } from './act-lines.js';
import { acceptedLines, fixedClaim, sumOfLines, unitClaim } from './claim.js';

const PARTY = { name: 'Администрация', inn: '7707083893', kpp: '770701001', ogrn: '1027700132195', address: null };
const SMOOTH = { isWhole: true, bySilence: false, isSmooth: true, remarks: [] };

function anAct(
  amountKopecks: bigint,
  { startsOn = '2026-03-01', endsOn = '2026-03-31', vatMode = 'standard' as VatMode, ...rest } = {},
): ActContent {
  const { lines } = fixedClaim({ title: 'Ведение страниц', amountKopecks }, []);
  return actOf({
    ...{ number: 7, date: '2026-04-10', contract: { number: '12-ГК/2026', concludedOn: '2026-01-10' }, course: SMOOTH },
    version: {
      ...{ number: 1, subject: 'Ведение страниц', clauses: { ...usualClauses('municipal44Fz'), vatMode } },
      requisites: { customer: PARTY, contractor: PARTY },
    },
    stage: { ordinal: 1, title: 'Этап 1', startsOn, endsOn },
    lines: acceptedLines(lines, []),
    ...(rest as Partial<ActBasis>),
  });
}

describe('an act', () => {
  it('says its sum in words and its VAT within', () => {
    expect(anAct(12_200_000n)).toMatchObject({
      ...{ title: 'Акт № 7 от 10.04.2026 об оказании услуг', totalKopecks: 12_200_000n, vatKopecks: 2_200_000n },
      ...{ totalInWords: 'Сто двадцать две тысячи рублей 00 копеек', splitText: null },
      vatText: 'В том числе НДС 22 % — 22\u00a0000,00 руб.',
    });
  });

  it.each<[VatMode, string]>([
    ['zero', 'В том числе НДС 0 % — 0,00 руб.'],
    ['simplifiedExempt', 'Без НДС в связи с применением упрощённой системы налогообложения'],
    ['professionalIncome', 'НДС не облагается в связи с применением налога на профессиональный доход'],
    ['simplified5', 'В том числе НДС 5 % — 4,76 руб.'],
  ])('with %s says “%s”', (vatMode, text) => {
    expect(anAct(10_000n, { vatMode }).vatText).toBe(text);
  });

  it.each<[string, Partial<typeof SMOOTH>, string]>([
    ['in time at the first attempt', {}, 'полностью и в срок'],
    ['after a cure or too late says nothing of terms', { isSmooth: false }, 'претензий по объёму и качеству оказания'],
    ['by silence', { bySilence: true }, 'считаются принятыми'],
  ])('of what was accepted %s', (_, course, text) => {
    expect(anAct(1n, { course: { ...SMOOTH, ...course } } as object).claimsText).toContain(text);
  });

  it('names the remarks of a partial acceptance', () => {
    const course = { ...SMOOTH, isWhole: false, isSmooth: false, remarks: ['Нет видео' as never] };
    expect(anAct(1n, { course } as object).claimsText).toContain('Замечания заказчика: Нет видео.');
  });

  it('over the change of the rate is split by days, and explains it', () => {
    const { lines, vat, totalKopecks, splitText } = anAct(10_000_001n, { startsOn: '2025-12-17', endsOn: '2026-01-15' });
    expect(lines.map((line) => [line.vatPercent, line.amountKopecks])).toEqual([
      [20, 5_000_001n],
      [22, 5_000_000n],
    ]);
    expect([totalKopecks, vat.map(({ vatKopecks }) => vatKopecks)]).toEqual([10_000_001n, [833_334n, 901_639n]]);
    expect(splitText).toContain('с 17.12.2025 по 31.12.2025 — НДС 20 % (15 дн.)');
    expect(lines[0]!.title).toBe('Ведение страниц: с 17.12.2025 по 31.12.2025');
  });

  it('splits units over the change of the rate into whole ones', () => {
    const { lines } = unitClaim([{ title: 'Пост', unit: 'шт.', priceKopecks: 101n }], [{ title: 'Пост', quantity: 7 }], []);
    const split = actLines(acceptedLines(lines, []), ratePeriods('standard', '2025-12-01', '2026-01-31'));
    expect(split.map(({ quantity, amountKopecks }) => [quantity, amountKopecks])).toEqual([
      [4, 404n],
      [3, 303n],
    ]);
  });

  it('over twelve months makes the price of the contract to the kopeck, also when the rate changes inside', () => {
    for (const [startsOn, endsOn] of [
      ['2026-01-01', '2026-12-31'],
      ['2025-07-01', '2026-06-30'],
      ['2025-07-15', '2026-07-14'],
    ] as const) {
      const term = { startsOn, endsOn, priceKopecks: 100_000_000n };
      const stages = planStages(term, { kind: 'monthly', shares: 'equal', calendar: [] });
      const acts = stages.map((stage) => anAct(stage.amountKopecks, stage));
      expect(acts.reduce((sum, { totalKopecks }) => sum + totalKopecks, 0n)).toBe(term.priceKopecks);
      for (const act of acts) {
        expect(act.vatKopecks).toBe(act.lines.reduce((sum, line) => sum + line.vatKopecks, 0n));
        for (const { percent, amountKopecks, vatKopecks } of act.vat)
          expect(vatKopecks).toBe(vatIncluded(amountKopecks, percent));
      }
    }
    expect(splitEqually(100_000_000n, 12).at(-1)).toBe(8_333_337n);
  });

  it('adds up to the kopeck whatever its lines are', () => {
    const line = fc.record({ quantity: fc.integer({ min: 1, max: 500 }), priceKopecks: fc.bigInt({ min: 0n, max: 10n ** 9n }) });
    const days = fc.integer({ min: 0, max: 800 });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        days,
        days,
        fc.constantFrom(...VAT_MODES),
        (given, from, length, mode) => {
          const day = (count: number) => new Date(Date.UTC(2024, 10, 1 + count)).toISOString().slice(0, 10);
          const lines = given.map(({ quantity, priceKopecks }, i) => ({
            ...{ title: `Строка ${i}`, unit: 'шт.', quantity, priceKopecks, byUnits: i % 2 === 0 },
            amountKopecks: i % 2 === 0 ? priceKopecks * BigInt(quantity) : priceKopecks,
          }));
          const periods = ratePeriods(mode, day(from), day(from + length));
          const made = actLines(lines, periods);
          expect(sumOfLines(made)).toBe(sumOfLines(lines));
          expect(made.every(({ vatKopecks, amountKopecks }) => vatKopecks >= 0n && vatKopecks <= amountKopecks)).toBe(true);
          for (const { percent } of periods) {
            const mine = made.filter(({ vatPercent }) => vatPercent === percent);
            expect(mine.reduce((sum, { vatKopecks }) => sum + vatKopecks, 0n)).toBe(vatIncluded(sumOfLines(mine), percent));
          }
        },
      ),
    );
  });
});
