import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { ExtractJwt, Strategy, type StrategyOptionsWithRequest } from 'passport-jwt';
import { Clock } from '../../platform/clock/clock.js';
import type { Principal } from '../../platform/http/access.js';
import { type AccessClaims, accessTokenKey, AUDIENCE, ISSUER } from './access-tokens.service.js';
import { IdentitySettings } from './identity.settings.js';
import { PrincipalsService } from './principals.service.js';

@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, 'access-token') {
  constructor(
    settings: IdentitySettings,
    private readonly principals: PrincipalsService,
    private readonly clock: Clock,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // A KeyObject: see access-tokens.service.ts. The typings know strings only.
      secretOrKey: accessTokenKey(settings.accessTokenSecret) as unknown as string,
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: AUDIENCE,
      // Expiry is checked below by the injected clock.
      ignoreExpiration: true,
      passReqToCallback: true,
    } satisfies StrategyOptionsWithRequest);
  }

  async validate(request: FastifyRequest, claims: Partial<AccessClaims>): Promise<Principal | false> {
    const { ctr, sid, sub, exp } = claims;
    if (typeof ctr !== 'string' || typeof sid !== 'string' || typeof exp !== 'number') return false;
    if (exp * 1_000 <= this.clock.now().getTime()) return false;
    const principal = await this.principals.ofSession(ctr, sid, request.id);
    return principal && principal.memberId === sub ? principal : false;
  }
}
