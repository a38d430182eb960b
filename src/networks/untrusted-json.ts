/**
 * Readers for JSON that another server sent: every one answers `undefined` for whatever isn't exactly the asked shape,
 * so that a wrong answer is noticed where it is read.
 */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function record(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined;
}

export function list(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** The records of a list; other elements are left out. */
export function records(value: unknown): readonly JsonRecord[] {
  return (list(value) ?? []).map(record).filter((element) => element !== undefined);
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A string with something in it. */
export function words(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** An integer that a double holds exactly. */
export function integer(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

/** The networks write a yes as `true`, `1` or `"true"`. */
export function flag(value: unknown): boolean | undefined {
  if (value === true || value === 1 || value === 'true') return true;
  return value === false || value === 0 || value === 'false' ? false : undefined;
}

/** An id as a decimal string, whether the network sends a string or a number; never zero. */
export function idOf(value: unknown): string | undefined {
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === 'string' && /^[1-9]\d{0,19}$/.test(id) ? id : undefined;
}
