import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import { permissionsOf } from '../../../platform/http/access.js';
import { ActiveMembers } from '../../identity/active-members.service.js';
import type { Member } from '../../identity/member.js';
import { ContractorsService } from '../../tenancy/contractors.service.js';
import { sideOf } from '../../tenancy/roles.js';
import type { Deadline } from '../deadlines/deadline.js';
import { audienceOf } from './audience.js';
import type { Reader } from './reminder-steps.js';

export interface NamedReader extends Reader {
  readonly memberId: string;
}

/** Everybody of a contractor who could be told of something. */
export interface Readership {
  readonly members: readonly Member[];
  /** IANA zone of the contractor. */
  readonly timeZone: string;
}

/** Who reads of which deadline, and where. */
@Injectable()
export class Readers {
  constructor(
    private readonly members: ActiveMembers,
    private readonly contractors: ContractorsService,
  ) {}

  async of(tx: Tx, contractorId: string): Promise<Readership> {
    const { timeZone } = await this.contractors.require(tx, contractorId);
    return { timeZone, members: await this.members.list(tx, contractorId) };
  }
}

/** Those who may read a deadline and have a use for it. */
export function readersOf(deadline: Deadline, { members, timeZone }: Readership): NamedReader[] {
  return members.flatMap(({ id, role, allClients, clientIds, createdAt, timeZone: own }) => {
    const sees = (allClients || clientIds.includes(deadline.clientId)) && permissionsOf(role).has('deadlines.read');
    const { before, overdue } = audienceOf(deadline, role);
    if (!sees || !(before || overdue)) return [];
    const zone = own ?? (sideOf(role) === 'client' ? deadline.timeZone : timeZone);
    return [{ memberId: id, timeZone: zone, since: createdAt, before, overdue }];
  });
}
