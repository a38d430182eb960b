import { registerDecorator } from 'class-validator';

/**
 * Check digits of the tax and registration numbers of Russian legal entities and entrepreneurs.
 * Rules: order of the Federal Tax Service on ИНН (MMV-7-6/435@) and КПП, order 165n of the Finance Ministry on ОГРН.
 */

const INN10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN12_FIRST = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN12_SECOND = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/** ИНН of a legal entity (10 digits) or a person (12 digits). All zeros pass the arithmetic but exist nowhere. */
export function isInn(value: string): boolean {
  if (/^0+$/.test(value)) return false;
  if (/^\d{10}$/.test(value)) return checkDigit(value, INN10) === digit(value, 9);
  if (!/^\d{12}$/.test(value)) return false;
  return checkDigit(value, INN12_FIRST) === digit(value, 10) && checkDigit(value, INN12_SECOND) === digit(value, 11);
}

/** КПП: tax office, reason, number; it has no check digit. */
export function isKpp(value: string): boolean {
  return /^\d{4}[0-9A-Z]{2}\d{3}$/.test(value) && !/^0+$/.test(value);
}

/** ОГРН of a legal entity: 13 digits that begin with 1 or 5. */
export function isOgrn(value: string): boolean {
  return /^[15]\d{12}$/.test(value) && (Number(value.slice(0, 12)) % 11) % 10 === digit(value, 12);
}

/** ОГРНИП of an entrepreneur: 15 digits that begin with 3. */
export function isOgrnip(value: string): boolean {
  return /^3\d{14}$/.test(value) && (Number(value.slice(0, 14)) % 13) % 10 === digit(value, 14);
}

function checkDigit(value: string, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight, i) => total + weight * digit(value, i), 0);
  return (sum % 11) % 10;
}

function digit(value: string, index: number): number {
  return Number(value[index]);
}

export const IsInn = numberDecorator('isInn', isInn, 'must be an ИНН of 10 or 12 digits with right check digits');
export const IsOrganisationInn = numberDecorator(
  'isOrganisationInn',
  (value) => value.length === 10 && isInn(value),
  'must be an ИНН of an organisation: 10 digits with a right check digit',
);
export const IsKpp = numberDecorator('isKpp', isKpp, 'must be a КПП of 9 characters such as 770701001');
export const IsOgrn = numberDecorator('isOgrn', isOgrn, 'must be an ОГРН of 13 digits with a right check digit');
export const IsOgrnOrOgrnip = numberDecorator(
  'isOgrnOrOgrnip',
  (value) => isOgrn(value) || isOgrnip(value),
  'must be an ОГРН (13 digits) or ОГРНИП (15 digits) with a right check digit',
);

function numberDecorator(name: string, check: (value: string) => boolean, message: string): () => PropertyDecorator {
  return () => (target, propertyName) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: propertyName as string,
      options: { message: `$property ${message}` },
      validator: { validate: (value: unknown) => typeof value === 'string' && check(value) },
    });
}
