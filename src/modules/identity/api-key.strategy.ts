import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import type { Principal } from '../../platform/http/access.js';
import { TooManyRequests } from '../../platform/http/http.errors.js';
import { KeyLimits } from './key-limits.service.js';
import { KeyUsage } from './key-usage.service.js';
import { looksLikeApiKey } from './opaque-tokens.js';
import { PrincipalsService } from './principals.service.js';

type Verify = (request: FastifyRequest, key: string, done: (error: unknown, user?: Principal | false) => void) => void;

/** Reads an API key from `X-Api-Key` or from a bearer token that has its prefix. */
class ApiKeyHeader extends passport.Strategy {
  constructor(private readonly verify: Verify) {
    super();
  }

  override authenticate(request: unknown): void {
    const { headers } = request as FastifyRequest;
    const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
    const key = headers['x-api-key'] ?? bearer;
    if (typeof key !== 'string' || !looksLikeApiKey(key)) return this.fail(401);
    this.verify(request as FastifyRequest, key, (error, user) => {
      if (error) this.error(error);
      else if (user) this.success(user);
      else this.fail(401);
    });
  }
}

@Injectable()
export class ApiKeyStrategy extends PassportStrategy(ApiKeyHeader, 'api-key') {
  constructor(
    private readonly principals: PrincipalsService,
    private readonly limits: KeyLimits,
    private readonly usage: KeyUsage,
  ) {
    super();
  }

  /** @throws TooManyRequests */
  async validate(request: FastifyRequest, key: string): Promise<Principal | false> {
    const known = await this.principals.ofKey(key, request.id);
    if (!known) return false;
    const { principal, requestsPerMinute } = known;
    const used = { contractorId: principal.contractorId, apiKeyId: principal.id };
    try {
      const rateLimit = await this.limits.take(principal.id, requestsPerMinute);
      await this.usage.count(used, false);
      return { ...principal, rateLimit };
    } catch (refusal) {
      if (refusal instanceof TooManyRequests) await this.usage.count(used, true);
      throw refusal;
    }
  }
}
