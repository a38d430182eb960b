import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Scope } from '../database/scope.js';
import type { RateLimitState } from './rate-limits.js';

/** Who makes this request, as proven by a token or a key. */
export interface Principal {
  readonly kind: 'member' | 'apiKey';
  /** The member's or the API key's id: the actor of the audit log. */
  readonly id: string;
  /** The member behind it; for an API key the one who made it. */
  readonly memberId: string;
  readonly contractorId: string;
  readonly role: string;
  /** Agency staff, or people of one client. */
  readonly side: 'agency' | 'client';
  readonly scope: Scope;
  readonly permissions: ReadonlySet<string>;
  readonly sessionId?: string;
  readonly requestId: string;
  /** Of an API key: what it may still do this minute. */
  readonly rateLimit?: RateLimitState;
}

export const REQUIRED_PERMISSION = 'vestnik:permission';
export const PUBLIC_ROUTE = 'vestnik:public';

const grants = new Map<string, readonly string[]>();
const ofWholeContractor = new Set<string>();

/**
 * Declares a module's permissions and the roles that have them: `definePermissions({ 'posts.write': ['owner', 'editor'] })`.
 * Definitions live with their owner; a role's rights are the sum of all definitions.
 * @param about `wholeContractor`: what it allows reaches every client, so whoever sees only some of them is refused.
 */
export function definePermissions<const P extends Record<string, readonly string[]>>(
  definitions: P,
  about: 'clients' | 'wholeContractor' = 'clients',
): P {
  for (const [permission, roles] of Object.entries(definitions)) {
    if (grants.has(permission)) throw new Error(`The permission ${permission} is defined twice`);
    grants.set(permission, roles);
    if (about === 'wholeContractor') ofWholeContractor.add(permission);
  }
  return definitions;
}

export function isAboutWholeContractor(permission: string): boolean {
  return ofWholeContractor.has(permission);
}

export function permissionsOf(role: string): ReadonlySet<string> {
  return new Set([...grants].filter(([, roles]) => roles.includes(role)).map(([permission]) => permission));
}

export function rolesWith(permission: string): readonly string[] {
  return grants.get(permission) ?? [];
}

export function allPermissions(): string[] {
  return [...grants.keys()].sort();
}

/** The route needs a principal with this permission. A route with neither `@Requires` nor `@Public` is refused. */
export function Requires(permission: string): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(REQUIRED_PERMISSION, permission),
    ApiBearerAuth('accessToken'),
    ApiSecurity('apiKey'),
    ApiExtension('x-permission', permission),
  );
}

/** Any logged-in member or key may call it: the route is about the caller alone. */
export const AUTHENTICATED = 'authenticated';

export function Public(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(PUBLIC_ROUTE, true), ApiExtension('x-permission', 'public'));
}

/** The principal of this request. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  return context.switchToHttp().getRequest<FastifyRequest & { user: Principal }>().user;
});
