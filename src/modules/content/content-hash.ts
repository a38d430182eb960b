import { createHash } from 'node:crypto';
import type { Variant } from './post.js';

/**
 * SHA-256 of everything that the public will see: texts and links by network, photos by their bytes and order.
 * An approval is bound to it. Variants may come in any order; text is NFC before it gets here.
 */
export function contentHash(variants: readonly Variant[], mediaSha256: readonly string[]): string {
  const byNetwork = [...variants].sort((a, b) => (a.network < b.network ? -1 : 1));
  const canonical = JSON.stringify([byNetwork.map(({ network, text, link }) => [network, text, link]), mediaSha256]);
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}
