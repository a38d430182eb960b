import { type Field, type Schema, typesOf } from './operations.js';

/** A value that a field must refuse, and what is wrong with it. */
export interface Spoilt {
  readonly what: string;
  readonly value: unknown;
}

const NUL = 'до\u0000после';
const LONE = 'до\ud800после';

/** Passwords and tokens are any characters: they are hashed, never stored, sent or shown. */
const ANYTHING_GOES = /(password|token)$/i;

/** Values that the schema of a field forbids: of each wrong type, and of the right type but impossible. */
export function spoiltValues({ schema, path }: Field): Spoilt[] {
  const types = typesOf(schema);
  const wrongTypes: [string, unknown][] = [
    ['null', null],
    ['boolean', true],
    ['number', 42],
    ['string', 'слово'],
    ['array', ['слово']],
    ['array', []],
    ['object', { слово: 1 }],
    ['object', {}],
  ];
  const fits = (type: string) => types.includes(type) || (type === 'number' && types.includes('integer'));
  return [
    ...wrongTypes.filter(([type]) => !fits(type)).map(([type, value]) => ({ what: `${type} ${JSON.stringify(value)}`, value })),
    ...(types.includes('string') ? spoiltTexts(schema, ANYTHING_GOES.test(String(path.at(-1)))) : []),
    ...(types.includes('number') || types.includes('integer') ? spoiltNumbers() : []),
    ...(types.includes('array') ? spoiltArrays(schema) : []),
  ];
}

function spoiltTexts({ minLength = 0, format, pattern, enum: words }: Schema, anything: boolean): Spoilt[] {
  const isWord = words !== undefined || format !== undefined || pattern !== undefined;
  return [
    { what: 'a text that is far too long', value: 'я'.repeat(100_000) },
    ...(minLength > 0 || isWord ? [{ what: 'an empty text', value: '' }] : []),
    ...(minLength > 0 && !anything ? [{ what: 'a blank text', value: ' '.repeat(minLength + 1) }] : []),
    ...(anything ? [] : [{ what: 'NUL', value: NUL }]),
    { what: 'a lone surrogate', value: LONE },
    ...(isWord ? ['__proto__', 'constructor', 'нет такого'].map((value) => ({ what: value, value })) : []),
  ];
}

function spoiltNumbers(): Spoilt[] {
  return [-1, 1.5, 1e308, 9_007_199_254_740_993].map((value) => ({ what: String(value), value }));
}

function spoiltArrays({ items, maxItems, example }: Schema): Spoilt[] {
  const one = Array.isArray(example) ? (example as unknown[])[0] : undefined;
  const tooMany =
    maxItems === undefined ? [] : [{ what: 'too many', value: Array.from({ length: maxItems + 1 }, (_, i) => `${i}`) }];
  const twice = one !== undefined && items?.format === 'uuid' ? [{ what: 'one of them twice', value: [one, one] }] : [];
  return [...tooMany, ...twice, { what: '[null]', value: [null] }, { what: '[[]]', value: [[]] }, { what: '[{}]', value: [{}] }];
}
