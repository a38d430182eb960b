import { describe, expect, it } from '@jest/globals';
import { type BankDetails, bankProblems } from './bank-details.js';

const GOOD: BankDetails = { bik: '049805746', bankName: 'Банк', account: '40602810700000000025', correspondentAccount: null };
const TREASURY = { bik: '004525988', account: '03100643000000017300', correspondentAccount: '40102810545370000003' };

describe('bank details', () => {
  it.each<[string, Partial<BankDetails>, string[]]>([
    ['of the central bank’s own example', {}, []],
    ['of the treasury, whose accounts have no key that is known', TREASURY, []],
    ['with a mistyped account', { account: '40602810700000000026' }, ['account']],
    ['with another bank’s account', { bik: '049805747' }, ['account']],
    ['with a БИК of eight digits', { bik: '04980574' }, ['bik']],
    ['with an account of 19 digits', { account: '4060281070000000002' }, ['account']],
    [
      'with a mistyped single treasury account',
      { ...TREASURY, correspondentAccount: '40102810545370000004' },
      ['correspondentAccount'],
    ],
    ['with a treasury account in another currency', { ...TREASURY, account: '03100840000000017300' }, ['account']],
  ])('%s', (_, changes, fields) => {
    expect(bankProblems({ ...GOOD, ...changes }).map(({ field }) => field)).toEqual(fields);
  });
});
