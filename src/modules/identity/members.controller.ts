import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../platform/http/pagination.js';
import { Editable, IfMatch, Versioned } from '../../platform/http/versioning.js';
import { ChangeMemberRequest, MemberPage, MemberResponse } from './identity.dto.js';
import { ClientsUnknown, LastOwner, MemberNotFound } from './identity.errors.js';
import './identity.permissions.js';
import { MembersService } from './members.service.js';

@Controller('v1/members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  /** List the members of the contractor, newest first. */
  @Get()
  @Requires('members.read')
  async list(@Who() who: Principal, @Query() query: PageQuery): Promise<MemberPage> {
    return mapPage(await this.members.list(who, query), MemberResponse.of);
  }

  /** Read one member. */
  @Get(':memberId')
  @Requires('members.read')
  @Versioned()
  @Fails(MemberNotFound)
  async get(@Who() who: Principal, @Id('memberId') memberId: string): Promise<MemberResponse> {
    return MemberResponse.of(await this.members.get(who, memberId));
  }

  /** Change a member's role, clients, name or status; it holds from his next request on. */
  @Patch(':memberId')
  @Requires('members.manage')
  @Editable()
  @Fails(MemberNotFound, LastOwner, ClientsUnknown)
  async change(
    @Who() who: Principal,
    @Id('memberId') memberId: string,
    @Body() body: ChangeMemberRequest,
    @IfMatch() version: number | undefined,
  ): Promise<MemberResponse> {
    return MemberResponse.of(await this.members.change(who, memberId, body, version));
  }
}
