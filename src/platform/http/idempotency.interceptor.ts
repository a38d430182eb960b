import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, from, type Observable, of, switchMap } from 'rxjs';
import { DomainError } from '../errors/domain-error.js';
import type { Principal } from './access.js';
import { RequestInvalid } from './http.errors.js';
import { type IdempotentCall, IdempotencyStore } from './idempotency.store.js';

type Request = FastifyRequest & { user: Principal };

/**
 * Makes a creating call safe to repeat: the first answer under an `Idempotency-Key` is stored and given again.
 * A call that was cut off is never run a second time; its key answers that the outcome is unknown.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly calls: IdempotencyStore) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const key = request.headers['idempotency-key'];
    if (key === undefined) return next.handle();
    const call = describe(request, key);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return from(this.calls.begin(call)).pipe(
      switchMap((earlier) => {
        if (earlier) {
          reply.status(earlier.status).header('idempotent-replay', 'true');
          return of(earlier.body);
        }
        return next.handle().pipe(
          switchMap(async (body: unknown) => {
            await this.calls.finish(call, reply.statusCode, body);
            return body;
          }),
          catchError(async (error: unknown) => {
            // A refusal wrote nothing, so the key is free again. Anything else may have: the key stays taken.
            if (error instanceof DomainError && error.kind !== 'unavailable') await this.calls.release(call);
            throw error;
          }),
        );
      }),
    );
  }
}

function describe(request: Request, key: string | string[]): IdempotentCall {
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new RequestInvalid({
      fields: [{ field: 'Idempotency-Key', reason: 'Idempotency-Key must be 1 to 255 printable ASCII characters' }],
    });
  }
  const fingerprint = createHash('sha256')
    .update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest('base64url');
  return { scope: request.user.scope, actorId: request.user.id, key, fingerprint };
}

/** For every creating route of a logged-in caller. */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Any unique text of yours. Repeating the call with it gives the first answer again and creates nothing new.',
      schema: { type: 'string', maxLength: 255, example: '7c2f3a1e-post-1' },
    }),
  );
}
