/** Where money goes: a bank account, or a treasury account of a public body. */
export interface BankDetails {
  /** БИК of the bank or of the treasury's division, 9 digits. */
  readonly bik: string;
  readonly bankName: string;
  /** Settlement account, or the treasury account 03… of a public body. */
  readonly account: string;
  /** Correspondent account 30101…, or the single treasury account 40102…. */
  readonly correspondentAccount: string | null;
}

const WEIGHTS = [7, 1, 3];
const ACCOUNT = /^\d{20}$/;

/** What is wrong with bank details, by field; empty when nothing can be seen to be wrong. */
export function bankProblems({
  bik,
  account,
  correspondentAccount,
}: BankDetails): { field: keyof BankDetails; reason: string }[] {
  if (!/^\d{9}$/.test(bik)) return [{ field: 'bik', reason: 'A БИК has 9 digits' }];
  const wrong = (field: keyof BankDetails) => ({
    field,
    reason: 'The account does not fit its БИК: check both for a mistyped digit',
  });
  const ofBank = correspondentAccount !== null && !keyFits(`0${bik.slice(4, 6)}`, correspondentAccount);
  // No rule for the key of treasury accounts is known: a strict one would refuse most public bodies.
  const ofClient = !isTreasury(account) && !keyFits(bik.slice(6), account);
  return [...(ofClient ? [wrong('account')] : []), ...(ofBank ? [wrong('correspondentAccount')] : [])];
}

/** Currency 643, by ISO, instead of the banks' old 810. */
function isTreasury(account: string): boolean {
  return /^03\d{3}643\d{12}$/.test(account);
}

/** The key of an account (order 515 of the Bank of Russia of 08.09.1997). @param prefix three digits of the БИК */
function keyFits(prefix: string, account: string): boolean {
  if (!ACCOUNT.test(account)) return false;
  const sum = [...`${prefix}${account}`].reduce((total, digit, i) => total + ((Number(digit) * WEIGHTS[i % 3]!) % 10), 0);
  return sum % 10 === 0;
}
