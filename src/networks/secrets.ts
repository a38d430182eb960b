const LONGEST_MESSAGE = 300;

/** The network's words as they may be stored and shown: without our secrets, which some errors quote, and not endless. */
export function withoutSecrets(message: string, secrets: readonly (string | undefined)[]): string {
  let clean = message;
  for (const secret of secrets) {
    if (secret !== undefined && secret !== '') clean = clean.replaceAll(secret, '…').replaceAll(encodeURIComponent(secret), '…');
  }
  return clean
    .replace(/\b(access_token|session_key|secret|sig|hash)=[^&\s]+/gi, '$1=…')
    .replace(/\bvk[12]\.a\.[\w-]+/g, '…')
    .slice(0, LONGEST_MESSAGE);
}
