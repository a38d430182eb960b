/** Sums inside jsonb are strings of digits, under names that end in `Kopecks`: a JSON number would round them. Transforms a column. */
export const KOPECKS_IN_JSON = {
  to: (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))),
  from: (value: unknown): unknown => JSON.parse(JSON.stringify(value), asSum),
};

function asSum(name: string, value: unknown): unknown {
  return name.endsWith('Kopecks') && typeof value === 'string' ? BigInt(value) : value;
}
