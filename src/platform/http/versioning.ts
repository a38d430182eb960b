import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  type CallHandler,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { RequestInvalid } from './http.errors.js';

@Injectable()
class ETagInterceptor implements NestInterceptor<{ version: number }> {
  intercept(context: ExecutionContext, next: CallHandler<{ version: number }>): Observable<{ version: number }> {
    return next.handle().pipe(
      map((body) => {
        context.switchToHttp().getResponse<FastifyReply>().header('etag', `"${body.version}"`);
        return body;
      }),
    );
  }
}

/** The answer carries an `ETag` made of its `version`. */
export function Versioned(): MethodDecorator {
  return UseInterceptors(ETagInterceptor);
}

/** As `Versioned`, and the change is refused with 412 when `If-Match` names another version. */
export function Editable(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(ETagInterceptor),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The ETag that you read. When the object has changed since, the answer is 412 and nothing is written.',
      schema: { type: 'string', example: '"3"' },
    }),
  );
}

/** The version named by `If-Match`, or undefined when the header is absent or `*`. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(header);
  if (!match)
    throw new RequestInvalid({ fields: [{ field: 'If-Match', reason: 'If-Match must be the ETag of the object, such as "3"' }] });
  return Number(match[1]);
});
