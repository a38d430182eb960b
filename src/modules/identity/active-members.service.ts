import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { Member } from './member.js';
import { MemberStore } from './member.store.js';

/** For modules above: who works in a contractor or at its clients at this instant. */
@Injectable()
export class ActiveMembers {
  constructor(private readonly members: MemberStore) {}

  list(tx: Tx, contractorId: string): Promise<Member[]> {
    return this.members.active(tx, contractorId);
  }
}
