import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long a download link lives: it is made when somebody asks for it, so minutes are enough. */
const LINK_LIFETIME_MS = 5 * 60_000;
const LONGEST_TOKEN = 2_048;

export interface Link {
  /** What the link is for (`media.download`): a link made for one purpose opens nothing else. */
  readonly purpose: string;
  readonly contractorId: string;
  /** The id or storage key of what it opens; add the reader's id when only that person may open it. */
  readonly subject: string;
  readonly expiresAt: Date;
}

type LinkCheck =
  | { readonly kind: 'valid'; readonly contractorId: string; readonly subject: string }
  | { readonly kind: 'refused'; readonly reason: 'forged' | 'expired' };

/** When a link that is made now ends. */
export function linkExpiry(now: Date): Date {
  return new Date(now.getTime() + LINK_LIFETIME_MS);
}

/** Signs a link into a token that is safe inside an address: it says what it opens, so never put a secret into it. */
export function signLink(link: Link, secret: string): string {
  const expiresAt = link.expiresAt.getTime();
  if (!Number.isFinite(expiresAt)) throw new Error('A signed link needs an end');
  const body = Buffer.from(JSON.stringify([link.contractorId, link.subject, expiresAt])).toString('base64url');
  return `${body}.${signature(body, link.purpose, secret)}`;
}

/** Checks a token from outside. A tampered token, another purpose and another secret all look alike: `forged`. */
export function verifyLink(token: string, purpose: string, secret: string, now: Date): LinkCheck {
  const [body = '', given = '', ...more] = token.length <= LONGEST_TOKEN ? token.split('.') : [];
  // Compared as text, not as decoded bytes: base64url spells the same bytes in several ways.
  if (more.length > 0 || !sameText(given, signature(body, purpose, secret))) return { kind: 'refused', reason: 'forged' };
  const [contractorId, subject, expiresAt] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [
    string,
    string,
    number,
  ];
  if (now.getTime() >= expiresAt) return { kind: 'refused', reason: 'expired' };
  return { kind: 'valid', contractorId, subject };
}

/** The first line keeps this use of the secret apart from every other one, so that no other signature fits here. */
function signature(body: string, purpose: string, secret: string): string {
  if (secret.length < 32) throw new Error('The secret of signed links needs at least 32 characters');
  return createHmac('sha256', secret)
    .update(JSON.stringify(['vestnik signed link 1', purpose, body]))
    .digest('base64url');
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
