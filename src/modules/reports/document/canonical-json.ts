import { createHash } from 'node:crypto';

/** A text that says exactly one thing: the same value always makes the same bytes. */
export interface Canonical {
  readonly text: string;
  /** Of its UTF-8 bytes, hexadecimal. */
  readonly sha256: string;
}

/** JSON with keys in order of their code units, without spaces; instants as ISO 8601 in UTC, absent fields left out. */
export function canonical(value: object): Canonical {
  const text = JSON.stringify(JSON.parse(JSON.stringify(value)), inOrder);
  return { text, sha256: sha256(text) };
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
