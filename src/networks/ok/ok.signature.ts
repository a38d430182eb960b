import { createHash } from 'node:crypto';

/** The key of a session's signatures, derived because OK's settings page shows the token only: OK documentation, "dev/methods". */
export function sessionSecret(accessToken: string, applicationSecretKey: string): string {
  return md5(accessToken + applicationSecretKey);
}

/**
 * `sig` of a request: all parameters but the token, sorted by the bytes of their names, joined as `name=value` without
 * separators and without URL encoding, then the secret; MD5 of its UTF-8 bytes in lower case (OK documentation, "dev/methods").
 */
export function signature(params: Readonly<Record<string, string>>, secret: string): string {
  const joined = Object.entries(params)
    .filter(([name]) => name !== 'access_token' && name !== 'session_key' && name !== 'sig')
    .sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map(([name, value]) => `${name}=${value}`)
    .join('');
  return md5(joined + secret);
}

function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}
