import { createHash } from 'node:crypto';
import type { Params } from '../wire/inbound.js';

const UNSIGNED = new Set(['sig', 'access_token', 'session_key']);

/** The secret that signs calls with a token; without one it is the application's secret itself. */
export function sessionSecret(accessToken: string | null, applicationSecret: string): string {
  return accessToken === null ? applicationSecret : md5(accessToken + applicationSecret);
}

export function signature(params: Params, secret: string): string {
  const joined = Object.entries(params)
    .filter(([key]) => !UNSIGNED.has(key))
    .sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map(([key, value]) => `${key}=${value}`)
    .join('');
  return md5(joined + secret);
}

function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}
