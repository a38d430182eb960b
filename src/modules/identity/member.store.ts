import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { type Changes, updateVersioned } from '../../platform/database/versioned-update.js';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import type { Member } from './member.js';
import { MemberClientEntity, MemberEntity } from './member.entity.js';

export interface NewMember {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly role: Member['role'];
  readonly allClients: boolean;
  readonly clientIds: readonly string[];
}

export interface LoginCandidate {
  readonly contractorId: string;
  readonly id: string;
  readonly passwordHash: string;
}

@Injectable()
export class MemberStore {
  /** Across tenants: every active login with this e-mail, oldest first, as the system role may see it. */
  async findLogins(tx: Tx, email: string, contractorId: string | undefined, most: number): Promise<LoginCandidate[]> {
    return tx.query<LoginCandidate[]>(
      `select m.contractor_id as "contractorId", m.id, m.password_hash as "passwordHash"
       from members m join contractors c using (contractor_id)
       where m.email = $1 and m.status = 'active' and c.status = 'active' and ($2::uuid is null or m.contractor_id = $2)
       order by m.id limit $3`,
      [email, contractorId ?? null, most],
    );
  }

  async insert(tx: Tx, contractorId: string, id: string, member: NewMember): Promise<void> {
    const { clientIds, ...columns } = member;
    await tx.insert(MemberEntity, { contractorId, id, ...columns });
    await this.setClients(tx, contractorId, id, clientIds);
  }

  async setClients(tx: Tx, contractorId: string, memberId: string, clientIds: readonly string[]): Promise<void> {
    await tx.delete(MemberClientEntity, { contractorId, memberId });
    if (clientIds.length === 0) return;
    await tx.insert(
      MemberClientEntity,
      clientIds.map((clientId) => ({ contractorId, memberId, clientId })),
    );
  }

  async find(tx: Tx, contractorId: string, id: string): Promise<Member | undefined> {
    const row = await tx.findOneBy(MemberEntity, { contractorId, id });
    return row ? (await this.withClients(tx, contractorId, [row]))[0] : undefined;
  }

  async findByEmail(tx: Tx, contractorId: string, email: string): Promise<MemberEntity | null> {
    return tx.findOneBy(MemberEntity, { contractorId, email });
  }

  async passwordHash(tx: Tx, contractorId: string, id: string): Promise<string | undefined> {
    return (await tx.findOneBy(MemberEntity, { contractorId, id }))?.passwordHash;
  }

  async list(tx: Tx, contractorId: string, start: PageStart): Promise<Member[]> {
    const where = { contractorId, id: LessThan(start.beforeId) };
    return this.withClients(
      tx,
      contractorId,
      await tx.find(MemberEntity, { where, order: { id: 'DESC' }, take: start.limit + 1 }),
    );
  }

  /** Everybody who may work. */
  async active(tx: Tx, contractorId: string): Promise<Member[]> {
    const where = { contractorId, status: 'active' as const };
    return this.withClients(tx, contractorId, await tx.find(MemberEntity, { where, order: { id: 'ASC' } }));
  }

  update(
    tx: Tx,
    key: { contractorId: string; id: string },
    changes: Changes<Partial<MemberEntity>>,
    version?: number,
  ): Promise<boolean> {
    return updateVersioned(tx, { entity: MemberEntity, key }, changes, version);
  }

  /** Locks the active owners, so that two of them can't leave at the same time. */
  async lockOwners(tx: Tx, contractorId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `select id from members where contractor_id = $1 and role = 'owner' and status = 'active' order by id for update`,
      [contractorId],
    );
    return rows.map((row) => row.id);
  }

  private async withClients(tx: Tx, contractorId: string, rows: MemberEntity[]): Promise<Member[]> {
    const where = { contractorId, memberId: In(rows.map((row) => row.id)) };
    const links = await tx.find(MemberClientEntity, { where, order: { clientId: 'ASC' } });
    return rows.map(({ id, email, name, role, allClients, status, timeZone, version, createdAt, updatedAt }) => {
      const clientIds = links.filter((link) => link.memberId === id).map((link) => link.clientId);
      return { id, email, name, role, allClients, clientIds, status, timeZone, version, createdAt, updatedAt };
    });
  }
}
