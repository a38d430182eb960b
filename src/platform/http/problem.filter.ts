import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUnavailable } from '../database/unavailable.js';
import { DomainError, type ErrorKind } from '../errors/domain-error.js';
import { BodyTooLarge, NotFound, RequestInvalid, Unavailable } from './http.errors.js';

const STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  stale: 412,
  tooLarge: 413,
  tooMany: 429,
  refusedByNetwork: 422,
  unavailable: 503,
};

export function statusOf(kind: ErrorKind): number {
  return STATUS[kind];
}

/** The one translator of errors into `application/problem+json` (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const known = recognise(error);
    if (!known) this.logger.error({ requestId: request.id, err: error }, 'unexpected error');
    const status = known ? STATUS[known.kind] : 500;
    if (known) reply.headers(waitingHeaders(known));
    reply
      .status(status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(problemBody(known, status, request.id));
  }
}

function waitingHeaders({ kind, details }: DomainError): Record<string, string> {
  const seconds = details.retryAfterSeconds ?? (kind === 'unavailable' ? 2 : undefined);
  const { rateLimit } = details;
  return {
    ...(seconds !== undefined && { 'retry-after': String(seconds) }),
    ...(rateLimit && {
      'ratelimit-limit': String(rateLimit.limit),
      'ratelimit-remaining': String(rateLimit.remaining),
      'ratelimit-reset': String(seconds ?? 0),
    }),
  };
}

/** Fastify's own refusals of addresses that it can't even read; they reach no route and so no filter. */
export function answerUnreadableAddress(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const problem = new NotFound({ message: 'There is no such address' });
  void reply
    .status(STATUS[problem.kind])
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(problemBody(problem, STATUS[problem.kind], request.id));
}

function problemBody(known: DomainError | undefined, status: number, requestId: string): Record<string, unknown> {
  const code = known?.code ?? 'http.unexpected';
  return {
    type: `urn:vestnik:problem:${code}`,
    title: known?.message ?? 'Something went wrong on our side: repeat later, and tell us the requestId if it stays',
    status,
    code,
    ...(known?.details.fields && { fields: known.details.fields }),
    ...(known?.details.allowedTransitions && { allowedTransitions: known.details.allowedTransitions }),
    requestId,
  };
}

function recognise(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (error instanceof HttpException) return fromStatus(error.getStatus(), error.message);
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  if (typeof statusCode === 'number' && statusCode < 500) return fromStatus(statusCode, message ?? '');
  if (isUnavailable(error)) return new Unavailable();
  return undefined;
}

/** Errors of the framework itself: unknown routes, broken JSON, wrong content types. */
function fromStatus(status: number, message: string): DomainError | undefined {
  if (status === 404) return new NotFound({ message: 'There is no such address' });
  if (status === 413) return new BodyTooLarge();
  if (status >= 500) return undefined;
  return new RequestInvalid({
    message: `The request could not be read: ${message}`,
    fields: [{ field: 'body', reason: message }],
  });
}
