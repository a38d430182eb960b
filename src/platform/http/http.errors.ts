import { defineError } from '../errors/domain-error.js';

export const RequestInvalid = defineError('http.request-invalid', 'invalid', 'The request is not valid: see fields');
export const Unauthenticated = defineError(
  'http.unauthenticated',
  'unauthenticated',
  'Log in first: send "Authorization: Bearer <access token>" or an API key',
);
export const Forbidden = defineError(
  'http.forbidden',
  'forbidden',
  'Your role does not allow this: ask an owner of the contractor',
);
export const ScopeTooNarrow = defineError(
  'http.scope-too-narrow',
  'forbidden',
  'This concerns the whole contractor, and you see only some of its clients: ask an owner',
);
export const NotFound = defineError('http.not-found', 'notFound', 'There is no such object');
export const VersionStale = defineError(
  'http.version-stale',
  'stale',
  'Somebody changed this object after you read it: read it again and repeat your change',
);
export const TooManyRequests = defineError(
  'http.too-many-requests',
  'tooMany',
  'Too many attempts: wait as long as Retry-After says',
);
export const BodyTooLarge = defineError('http.body-too-large', 'tooLarge', 'The request body is too large');
export const Unavailable = defineError(
  'http.unavailable',
  'unavailable',
  'The service is busy or restarting: repeat in a few seconds',
);
export const IdempotencyKeyReused = defineError(
  'http.idempotency-key-reused',
  'conflict',
  'This Idempotency-Key came with another request before: use a new key for a new request',
);
export const IdempotencyInFlight = defineError(
  'http.idempotency-in-flight',
  'conflict',
  'The first request with this Idempotency-Key is still running: repeat in a moment',
);
export const IdempotencyOutcomeUnknown = defineError(
  'http.idempotency-outcome-unknown',
  'conflict',
  'The first request with this Idempotency-Key was cut off: look whether it took effect, then use a new key',
);
