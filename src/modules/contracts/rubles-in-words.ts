/** A sum as acts and invoices spell it: `Сто двадцать две тысячи рублей 50 копеек`. */

type Forms = readonly [one: string, few: string, many: string];

const RUBLES: Forms = ['рубль', 'рубля', 'рублей'];
const KOPECKS: Forms = ['копейка', 'копейки', 'копеек'];

/** By powers of a thousand; thousands are feminine in Russian. */
const SCALES: readonly Forms[] = [
  ['тысяча', 'тысячи', 'тысяч'],
  ['миллион', 'миллиона', 'миллионов'],
  ['миллиард', 'миллиарда', 'миллиардов'],
  ['триллион', 'триллиона', 'триллионов'],
];

const HUNDREDS = words(' сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот');
const TENS = words('  двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто');
const TEENS = words(
  'десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать',
);
const ONES = words(' один два три четыре пять шесть семь восемь девять');
const FEMININE: Readonly<Record<number, string>> = { 1: 'одна', 2: 'две' };

/** @param kopecks from 0 to under a quadrillion rubles @throws RangeError beyond */
export function inWords(kopecks: bigint): string {
  const rubles = kopecks / 100n;
  if (kopecks < 0n || rubles >= 10n ** 15n) throw new RangeError('A sum is spelt from 0 to under a quadrillion rubles');
  const rest = Number(kopecks % 100n);
  const text = rubles === 0n ? 'ноль' : spell(rubles);
  const ofRubles = form(Number(rubles % 100n), RUBLES);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${ofRubles} ${String(rest).padStart(2, '0')} ${form(rest, KOPECKS)}`;
}

function spell(value: bigint): string {
  const groups: string[] = [];
  for (let [rest, power] = [value, 0]; rest > 0n; rest /= 1_000n, power += 1) {
    const group = Number(rest % 1_000n);
    const scale = SCALES[power - 1];
    if (group > 0) groups.unshift([...threeDigits(group, power === 1), ...(scale ? [form(group, scale)] : [])].join(' '));
  }
  return groups.join(' ');
}

function threeDigits(group: number, isFeminine: boolean): string[] {
  const [tens, ones] = [Math.floor((group % 100) / 10), group % 10];
  const one = (isFeminine && FEMININE[ones]) || ONES[ones];
  const last = tens === 1 ? [TEENS[ones]] : [TENS[tens], one];
  return [HUNDREDS[Math.floor(group / 100)], ...last].filter((word): word is string => Boolean(word));
}

/** 1 рубль, 2 рубля, 5 рублей, 11 рублей, 21 рубль. */
function form(count: number, [one, few, many]: Forms): string {
  const [tens, ones] = [Math.floor((count % 100) / 10), count % 10];
  if (tens === 1 || ones === 0 || ones > 4) return many;
  return ones === 1 ? one : few;
}

function words(list: string): readonly string[] {
  return list.split(' ');
}
