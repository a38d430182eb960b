import { createHash } from 'node:crypto';
import type { Params } from '../wire/inbound.js';

const SECRET = new Set(['access_token', 'session_key', 'sig', 'client_secret', 'refresh_token', 'code']);

/** Lets two calls be compared without keeping what people wrote. */
export function hashParams(params: Params): string {
  const lines = Object.entries(params)
    .filter(([key]) => !SECRET.has(key))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, value]) => `${key}=${value}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}
