import { createHash } from 'node:crypto';

/**
 * Names a secret without telling it. With the contractor in it, so that nobody who sees the rows learns that two
 * contractors use the same secret.
 */
export function fingerprintOf(contractorId: string, secret: string): string {
  return createHash('sha256')
    .update(JSON.stringify([contractorId, secret]))
    .digest('base64url');
}
