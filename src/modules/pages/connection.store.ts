import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan } from 'typeorm';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import { ConnectionEntity, CredentialEntity } from './connection.entity.js';

export type NewConnection = Pick<
  ConnectionEntity,
  'contractorId' | 'id' | 'clientId' | 'pageId' | 'findings' | 'connectedBy' | 'expiresAt'
>;
export interface ConnectionKey {
  readonly contractorId: string;
  readonly clientId: string;
  readonly pageId: string;
  readonly connectionId: string;
}
export type StoredCredential = Pick<CredentialEntity, 'id' | 'kind' | 'sealed'>;

@Injectable()
export class ConnectionStore {
  current(tx: Tx, contractorId: string, pageId: string): Promise<ConnectionEntity | null> {
    return tx.findOneBy(ConnectionEntity, { contractorId, pageId, endedAt: IsNull() });
  }

  list(tx: Tx, contractorId: string, pageId: string, start: PageStart): Promise<ConnectionEntity[]> {
    return tx.find(ConnectionEntity, {
      where: { contractorId, pageId, id: LessThan(start.beforeId) },
      order: { id: 'DESC' },
      take: start.limit + 1,
    });
  }

  async insert(tx: Tx, connection: NewConnection, credentials: readonly StoredCredential[]): Promise<void> {
    const { contractorId, id: connectionId, clientId, pageId } = connection;
    await tx.insert(ConnectionEntity, connection);
    await tx.insert(
      CredentialEntity,
      credentials.map((credential) => ({ contractorId, clientId, pageId, connectionId, ...credential })),
    );
  }

  /** Ends a connection and forgets its secrets. @returns false when it had ended already, or its secrets were renewed since. */
  async end(
    tx: Tx,
    contractorId: string,
    { id, renewedAt }: Pick<ConnectionEntity, 'id' | 'renewedAt'>,
    reason: 'replaced' | 'disconnected',
  ): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update connections set ended_at = app_now(), end_reason = $3 where contractor_id = $1 and id = $2 and ended_at is null
         and ($3 = 'disconnected' or date_trunc('milliseconds', renewed_at) is not distinct from $4)`,
      [contractorId, id, reason, renewedAt],
    );
    await tx.delete(CredentialEntity, { contractorId, connectionId: id });
    return count === 1;
  }

  /** Puts new secrets in the place of those of the same kinds. */
  async renew(
    tx: Tx,
    { contractorId, clientId, pageId, connectionId }: ConnectionKey,
    fresh: readonly StoredCredential[],
    expiresAt: Date | null,
  ): Promise<void> {
    await tx.delete(CredentialEntity, { contractorId, connectionId, kind: In(fresh.map(({ kind }) => kind)) });
    await tx.insert(
      CredentialEntity,
      fresh.map((credential) => ({ contractorId, clientId, pageId, connectionId, ...credential })),
    );
    await tx.query(
      `update connections set expires_at = $3, renewed_at = app_now() where contractor_id = $1 and id = $2 and ended_at is null`,
      [contractorId, connectionId, expiresAt],
    );
  }

  /** The sealed secrets of a page's present connection; none when it has no connection. */
  credentials(tx: Tx, contractorId: string, pageId: string): Promise<StoredCredential[]> {
    return tx.query<StoredCredential[]>(
      `select c.id, c.kind, c.sealed from connections n
       join credentials c on c.contractor_id = n.contractor_id and c.connection_id = n.id
       where n.contractor_id = $1 and n.page_id = $2 and n.ended_at is null order by c.kind`,
      [contractorId, pageId],
    );
  }
}
