import type { CredentialKind, Credentials } from '../../networks/network.js';
import type { FieldProblem } from '../../platform/errors/domain-error.js';

const LONGEST_SECRET = 4_096;

/**
 * What is wrong with the secrets of a request. An empty one is refused rather than taken as "remove it": front ends send
 * empty fields for secrets that they can't show, and that must never overwrite a stored one.
 */
export function credentialProblems(kinds: readonly CredentialKind[], given: Credentials, stored: Credentials): FieldProblem[] {
  const known = kinds.map((kind) => kind.name);
  const wrong = Object.entries(given).flatMap(([name, value]): FieldProblem[] => {
    const field = `credentials.${name}`;
    if (!known.includes(name)) return [{ field, reason: `unknown secret; this network has: ${known.join(', ')}` }];
    if (typeof value !== 'string' || value.trim() === '')
      return [{ field, reason: 'must not be empty: leave the field out to keep the stored one' }];
    return value.length > LONGEST_SECRET ? [{ field, reason: `must be at most ${LONGEST_SECRET} characters` }] : [];
  });
  const missing = kinds
    .filter(({ name, required }) => required && !(name in given) && !(name in stored))
    .map(({ name, description }) => ({ field: `credentials.${name}`, reason: `is needed: ${description}` }));
  return [...wrong, ...missing];
}
