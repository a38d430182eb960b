import { RefreshTokenEntity, SessionEntity } from './session.entity.js';
import { MemberClientEntity, MemberEntity } from './member.entity.js';
import { InvitationEntity } from './invitation.entity.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { Clock } from '../../platform/clock/clock.js';
import { allPermissions, rolesWith } from '../../platform/http/access.js';
import { AuditModule } from '../audit/audit.module.js';
import { ROLES } from '../tenancy/roles.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { AccessTokenStrategy } from './access-token.strategy.js';
import { AccessTokens } from './access-tokens.service.js';
import { ActiveMembers } from './active-members.service.js';
import { ApiKeyStore } from './api-key.store.js';
import { ApiKeyStrategy } from './api-key.strategy.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysService } from './api-keys.service.js';
import { IdentitySettings } from './identity.settings.js';
import { InvitationStore } from './invitation.store.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationParts, InvitationsService } from './invitations.service.js';
import { KeyLimits } from './key-limits.service.js';
import { KeyUsage } from './key-usage.service.js';
import { KeyUsageStore } from './key-usage.store.js';
import { KnownClients } from './known-clients.service.js';
import { LoginLimits } from './login-limits.service.js';
import { MeController } from './me.controller.js';
import { MemberStore } from './member.store.js';
import { MembersController } from './members.controller.js';
import { MembersService } from './members.service.js';
import { Passwords } from './passwords.service.js';
import { PrincipalStore } from './principal.store.js';
import { PrincipalsService } from './principals.service.js';
import { SessionStore } from './session.store.js';
import { SessionsController } from './sessions.controller.js';
import { SessionParts, SessionsService } from './sessions.service.js';
import { SignUpsController } from './sign-ups.controller.js';
import { SignUpParts, SignUpsService } from './sign-ups.service.js';

const STORES = [MemberStore, SessionStore, InvitationStore, ApiKeyStore, KeyUsageStore, PrincipalStore];
const SERVICES = [
  Passwords,
  SessionsService,
  SessionParts,
  SignUpsService,
  SignUpParts,
  MembersService,
  InvitationsService,
  InvitationParts,
  ApiKeysService,
  KeyUsage,
  KnownClients,
];

@Module({
  imports: [AuditModule, TenancyModule],
  providers: [...STORES, PrincipalsService, ActiveMembers],
  exports: [PrincipalsService, ActiveMembers, ...STORES],
})
export class IdentityModule {
  /** Its tables, for the composition root. */
  static readonly entities = [
    MemberEntity,
    MemberClientEntity,
    SessionEntity,
    RefreshTokenEntity,
    InvitationEntity,
    ApiKeyEntity,
  ];
}

/** Log-in, members, invitations, keys, and the strategies that every route's guard uses. */
@Module({})
export class IdentityApi implements OnModuleInit {
  static with(settings: IdentitySettings): DynamicModule {
    return {
      module: IdentityApi,
      imports: [IdentityModule, AuditModule, TenancyModule, PassportModule],
      controllers: [
        SignUpsController,
        SessionsController,
        MeController,
        MembersController,
        InvitationsController,
        ApiKeysController,
      ],
      providers: [
        { provide: IdentitySettings, useValue: settings },
        {
          provide: AccessTokens,
          useFactory: (clock: Clock) => new AccessTokens(settings.accessTokenSecret, clock),
          inject: [Clock],
        },
        LoginLimits,
        KeyLimits,
        AccessTokenStrategy,
        ApiKeyStrategy,
        ...SERVICES,
      ],
    };
  }

  /** A permission that names an unknown role would silently shut everybody out. */
  onModuleInit(): void {
    for (const permission of allPermissions()) {
      const unknown = rolesWith(permission).filter((role) => !(ROLES as readonly string[]).includes(role));
      if (unknown.length > 0) throw new Error(`The permission ${permission} names unknown roles: ${unknown.join(', ')}`);
    }
  }
}
