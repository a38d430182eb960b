import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AUTHENTICATED, isAboutWholeContractor, type Principal, PUBLIC_ROUTE, REQUIRED_PERMISSION } from './access.js';
import { Forbidden, ScopeTooNarrow, Unauthenticated } from './http.errors.js';
import type { RateLimitState } from './rate-limits.js';

/** Deny by default: every route names its permission or says that it is public. */
@Injectable()
export class AccessGuard extends AuthGuard(['access-token', 'api-key']) {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC_ROUTE, targets)) return true;
    await super.canActivate(context);
    const permission = this.reflector.getAllAndOverride<string | undefined>(REQUIRED_PERMISSION, targets);
    const { user } = context.switchToHttp().getRequest<FastifyRequest & { user: Principal }>();
    if (user.rateLimit) context.switchToHttp().getResponse<FastifyReply>().headers(headersOf(user.rateLimit));
    if (permission !== AUTHENTICATED && (!permission || !user.permissions.has(permission))) throw new Forbidden();
    if (isAboutWholeContractor(permission) && user.scope.clientIds !== 'all') throw new ScopeTooNarrow();
    return true;
  }

  override handleRequest<T>(error: unknown, user: T | false): T {
    // Whatever it is: a database that can't be asked must not read as a token that is wrong.
    if (error) throw error as Error;
    if (!user) throw new Unauthenticated();
    return user;
  }
}

function headersOf({ limit, remaining, resetSeconds }: RateLimitState): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
  };
}
