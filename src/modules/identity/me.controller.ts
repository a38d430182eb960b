import { Body, Controller, Get, HttpCode, Put } from '@nestjs/common';
import { AUTHENTICATED, Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { ChangePasswordRequest, MemberResponse, MeResponse, TimeZoneRequest } from './identity.dto.js';
import { WrongCredentials } from './identity.errors.js';
import { MembersService } from './members.service.js';

@Controller('v1/me')
@Requires(AUTHENTICATED)
export class MeController {
  constructor(private readonly members: MembersService) {}

  /** Who am I, and what may I do. */
  @Get()
  async me(@Who() who: Principal): Promise<MeResponse> {
    const member = MemberResponse.of(await this.members.me(who));
    return { ...member, contractorId: who.contractorId, permissions: [...who.permissions].sort() };
  }

  /** Say in which zone I read: at nine in the morning there I am reminded. */
  @Put('time-zone')
  async changeTimeZone(@Who() who: Principal, @Body() { timeZone }: TimeZoneRequest): Promise<MemberResponse> {
    return MemberResponse.of(await this.members.changeTimeZone(who, timeZone));
  }

  /** Change my password; my other sessions end. */
  @Put('password')
  @HttpCode(204)
  @Fails(WrongCredentials)
  async changePassword(@Who() who: Principal, @Body() body: ChangePasswordRequest): Promise<void> {
    await this.members.changePassword(who, body.currentPassword, body.newPassword);
  }
}
