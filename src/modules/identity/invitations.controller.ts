import { Body, Controller, Delete, Get, HttpCode, Ip, Post, Query } from '@nestjs/common';
import { Public, Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { TooManyRequests } from '../../platform/http/http.errors.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../platform/http/pagination.js';
import {
  AcceptInvitationRequest,
  InvitationPage,
  InvitationRequest,
  NewInvitationResponse,
  NewMemberResponse,
} from './identity.dto.js';
import { ClientsUnknown, InvitationInvalid, InvitationNotFound, MemberExists } from './identity.errors.js';
import './identity.permissions.js';
import { type Invitation, InvitationsService } from './invitations.service.js';
import { LoginLimits } from './login-limits.service.js';

@Controller('v1')
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly limits: LoginLimits,
  ) {}

  /** Invite a person to the contractor or to one of its clients. */
  @Post('invitations')
  @Requires('members.manage')
  @Idempotent()
  @Fails(MemberExists, ClientsUnknown)
  async invite(@Who() who: Principal, @Body() body: InvitationRequest): Promise<NewInvitationResponse> {
    const { invitation, token } = await this.invitations.invite(who, body);
    return { ...answer(invitation), token };
  }

  /** List invitations, newest first. */
  @Get('invitations')
  @Requires('members.manage')
  async list(@Who() who: Principal, @Query() query: PageQuery): Promise<InvitationPage> {
    return mapPage(await this.invitations.list(who, query), answer);
  }

  /** Revoke an invitation that nobody has accepted. */
  @Delete('invitations/:invitationId')
  @Requires('members.manage')
  @HttpCode(204)
  @Fails(InvitationNotFound)
  async revoke(@Who() who: Principal, @Id('invitationId') invitationId: string): Promise<void> {
    await this.invitations.revoke(who, invitationId);
  }

  /** Accept an invitation: set a name and a password, then log in. */
  @Post('invitation-acceptances')
  @Public()
  @Fails(InvitationInvalid, TooManyRequests)
  async accept(@Body() body: AcceptInvitationRequest, @Ip() address: string): Promise<NewMemberResponse> {
    await this.limits.token(address);
    return NewMemberResponse.of(await this.invitations.accept(body.token, body.name, body.password));
  }
}

function answer({ clientIds, ...invitation }: Invitation): Invitation & { clientIds: string[] } {
  return { ...invitation, clientIds: [...clientIds] };
}
