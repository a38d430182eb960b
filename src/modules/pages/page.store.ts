import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import type { CapabilityMap, NetworkName, PageDescription, Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import { PageEntity } from './page.entity.js';

export interface NewPage {
  readonly contractorId: string;
  readonly id: string;
  readonly clientId: string;
  readonly network: NetworkName;
  readonly externalId: string;
}

interface PageKey {
  readonly contractorId: string;
  readonly pageId: string;
}

@Injectable()
export class PageStore {
  async insert(tx: Tx, page: NewPage): Promise<void> {
    await tx.insert(PageEntity, page);
  }

  find(tx: Tx, contractorId: string, id: string): Promise<PageEntity | null> {
    return tx.findOneBy(PageEntity, { contractorId, id });
  }

  /** In the order of their ids. */
  findAll(tx: Tx, contractorId: string, ids: readonly string[]): Promise<PageEntity[]> {
    return tx.find(PageEntity, { where: { contractorId, id: In([...ids]) }, order: { id: 'ASC' } });
  }

  list(tx: Tx, contractorId: string, clientId: string | undefined, start: PageStart): Promise<PageEntity[]> {
    return tx.find(PageEntity, {
      where: { contractorId, id: LessThan(start.beforeId), ...(clientId && { clientId }) },
      order: { id: 'DESC' },
      take: start.limit + 1,
    });
  }

  async connected(
    tx: Tx,
    { contractorId, pageId }: PageKey,
    description: PageDescription,
    capabilities: CapabilityMap,
  ): Promise<void> {
    await tx.query(
      `update pages set status = 'connected', status_reason = null, name = $3, url = $4, capabilities = $5, checked_at = app_now(),
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2`,
      [contractorId, pageId, description.name, description.url, JSON.stringify(capabilities)],
    );
  }

  async disconnected(tx: Tx, { contractorId, pageId }: PageKey): Promise<void> {
    await tx.query(
      `update pages set status = 'disconnected', status_reason = null, capabilities = null, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2`,
      [contractorId, pageId],
    );
  }

  /** @returns false when it was not connected, so that one loss is told once. */
  async broken(tx: Tx, { contractorId, pageId }: PageKey, reason: Reason): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update pages set status = 'broken', status_reason = $3, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and status = 'connected'`,
      [contractorId, pageId, JSON.stringify(reason)],
    );
    return count === 1;
  }

  /** A check of a connected page was good. A version is raised only by news. */
  async checked(tx: Tx, { contractorId, pageId }: PageKey, capabilities: CapabilityMap): Promise<void> {
    await tx.query(
      `update pages set capabilities = $3, checked_at = app_now(), updated_at = app_now(),
         version = case when capabilities = $3::jsonb then version else version + 1 end
       where contractor_id = $1 and id = $2 and status = 'connected'`,
      [contractorId, pageId, JSON.stringify(capabilities)],
    );
  }

  /** @returns false when it is not broken any more. */
  async restored(tx: Tx, { contractorId, pageId }: PageKey, capabilities: CapabilityMap): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update pages set status = 'connected', status_reason = null, capabilities = $3, checked_at = app_now(),
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and status = 'broken'`,
      [contractorId, pageId, JSON.stringify(capabilities)],
    );
    return count === 1;
  }

  /** More is known about why it is broken. */
  async explain(tx: Tx, { contractorId, pageId }: PageKey, reason: Reason): Promise<void> {
    await tx.query(
      `update pages set status_reason = $3, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and status = 'broken' and status_reason is distinct from $3::jsonb`,
      [contractorId, pageId, JSON.stringify(reason)],
    );
  }
}
