import { describe, expect, it } from '@jest/globals';
import { type Clauses, clauseProblems, missingForSignature, usualClauses } from './clauses.js';
import { CONTRACT_KINDS, type ContractKind } from './contract-kind.js';

const CLIENT = { inn: '7700123459', kpp: '770001001' };
const CODE = '263770012345977000100100010017021244';
const stage = { title: 'Этап 1', startsOn: '2026-01-01', endsOn: '2026-01-31', amountKopecks: 1n };
const bank = { bik: '049805746', bankName: 'Банк', account: '40602810700000000026', correspondentAccount: null };

describe('clauses', () => {
  it.each(CONTRACT_KINDS)('that are usual for %s contradict nothing', (kind) => {
    expect(clauseProblems(kind, usualClauses(kind), CLIENT)).toEqual([]);
  });

  it.each<[string, ContractKind, Partial<Clauses>, string[]]>([
    ['with the client’s ИКЗ', 'state44Fz', { procurementCode: CODE }, []],
    ['with another’s ИКЗ', 'state44Fz', { procurementCode: CODE.replace('7700123459', '7707083893') }, ['procurementCode']],
    ['under 223-FZ with an ИКЗ', 'corporate223Fz', { procurementCode: CODE }, ['procurementCode']],
    [
      'with prices of units and a fixed price',
      'civilServices',
      { unitPrices: [{ title: 'Пост', unit: 'шт.', priceKopecks: 1n }] },
      ['unitPrices'],
    ],
    ['without prices of units', 'civilServices', { priceType: 'unitPrices' }, ['unitPrices']],
    [
      'with stages listed for months',
      'civilWorks',
      { stagePlan: { kind: 'monthly', shares: 'equal', calendar: [stage] } },
      ['stagePlan.calendar'],
    ],
    [
      'by a calendar without stages',
      'civilWorks',
      { stagePlan: { kind: 'calendar', shares: 'equal', calendar: [] } },
      ['stagePlan.calendar'],
    ],
    ['with a mistyped account', 'subcontract', { contractor: { signatory: null, bank } }, ['contractor.bank.account']],
  ])('%s', (_, kind, changes, fields) => {
    const problems = clauseProblems(kind, { ...usualClauses(kind), ...changes }, CLIENT);
    expect(problems.map(({ field }) => field)).toEqual(fields.map((field) => `clauses.${field}`));
  });

  it.each<[ContractKind, string | null, number]>([
    ['state44Fz', null, 1],
    ['municipal44Fz', null, 1],
    ['singleSupplier44Fz', null, 1],
    ['municipal44Fz', CODE, 0],
    ['corporate223Fz', null, 0],
    ['gphIndividual', null, 0],
  ])('of %s with the ИКЗ %p lack %i to be signed', (kind, procurementCode, count) => {
    expect(missingForSignature(kind, { ...usualClauses(kind), procurementCode }, [stage])).toHaveLength(count);
  });
});
