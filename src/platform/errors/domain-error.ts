/** What kind of answer an error is; only `platform/http/problem.filter.ts` knows the HTTP status for it. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  | 'stale'
  | 'tooLarge'
  | 'tooMany'
  | 'refusedByNetwork'
  | 'unavailable';

/** One wrong field of a request: its path (`phones.0`) and what to do about it. */
export interface FieldProblem {
  readonly field: string;
  readonly reason: string;
}

export interface ErrorDetails {
  /** Replaces the general message when more is known. Never another tenant's data, never an id that was asked for. */
  readonly message?: string;
  readonly fields?: readonly FieldProblem[];
  readonly retryAfterSeconds?: number;
  /** For the `RateLimit-*` headers. */
  readonly rateLimit?: { readonly limit: number; readonly remaining: number };
  /** Where this resource can go from here, for a refused transition. */
  readonly allowedTransitions?: readonly string[];
}

/** An expected error with a stable code. Codes are API: listed in the OpenAPI document, unique, never renamed. */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly kind: ErrorKind,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(details.message ?? message);
  }
}

export interface DomainErrorClass {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly summary: string;
  new (details?: ErrorDetails): DomainError;
}

const defined = new Map<string, DomainErrorClass>();

/**
 * Declares an error of a module: `export const PostNotApproved = defineError('content.post-not-approved', 'conflict', '…')`.
 * @throws Error at load when the code is taken.
 */
export function defineError(code: string, kind: ErrorKind, summary: string): DomainErrorClass {
  if (defined.has(code)) throw new Error(`The error code ${code} is defined twice`);
  const error = class extends DomainError {
    static readonly code = code;
    static readonly kind = kind;
    static readonly summary = summary;
    constructor(details?: ErrorDetails) {
      super(code, kind, summary, details);
    }
  };
  defined.set(code, error);
  return error;
}

/** Every declared error, for the OpenAPI document. */
export function definedErrors(): DomainErrorClass[] {
  return [...defined.values()].sort((a, b) => a.code.localeCompare(b.code));
}
