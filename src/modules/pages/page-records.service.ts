import { Injectable } from '@nestjs/common';
import type { Capability, CapabilityMap, PageDescription, Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { type Actor, worker } from '../audit/audit.js';
import { AuditService } from '../audit/audit.service.js';
import { healedByRenewal } from './connection-health.js';
import { ConnectionHealthStore } from './connection-health.store.js';
import { CredentialRefreshStore } from './credential-refresh.store.js';
import { PageStore } from './page.store.js';
import { pageCapabilitiesChanged, pageConnected, pageCredentialsExpiring, pageStopped } from './pages.events.js';

interface PageOf {
  readonly id: string;
  readonly clientId: string;
}

/** A page and what is to be said about it. */
interface PageFact extends PageOf {
  readonly details?: object;
}

/** The rows of pages with what always goes along with a change: the audit line and the event. */
@Injectable()
export class PageRecords {
  constructor(
    readonly pages: PageStore,
    private readonly health: ConnectionHealthStore,
    private readonly refreshes: CredentialRefreshStore,
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
  ) {}

  /** A person proved the credentials. */
  async connected(
    tx: Tx,
    who: Principal,
    page: PageOf,
    proof: { description: PageDescription; capabilities: CapabilityMap; again: boolean },
  ): Promise<void> {
    const { contractorId } = who;
    await this.pages.connected(tx, { contractorId, pageId: page.id }, proof.description, proof.capabilities);
    await this.record(tx, who, proof.again ? 'page.reconnected' : 'page.connected', page);
    await this.outbox.publish(tx, pageConnected, { contractorId, clientId: page.clientId, pageId: page.id });
  }

  /** Renewed credentials were proved good: what had broken the page is healed. */
  async restored(tx: Tx, contractorId: string, page: PageOf, capabilities: CapabilityMap): Promise<void> {
    if (!(await this.pages.restored(tx, { contractorId, pageId: page.id }, capabilities))) return;
    await this.record(tx, worker(contractorId), 'page.restored', page);
    await this.outbox.publish(tx, pageConnected, { contractorId, clientId: page.clientId, pageId: page.id });
  }

  async disconnected(tx: Tx, who: Principal, page: PageOf): Promise<void> {
    const { contractorId } = who;
    await this.pages.disconnected(tx, { contractorId, pageId: page.id });
    await this.record(tx, who, 'page.disconnected', page);
    const stopped = { status: 'disconnected', code: 'disconnected' } as const;
    await this.outbox.publish(tx, pageStopped, { contractorId, clientId: page.clientId, pageId: page.id, ...stopped });
  }

  /** Told once. From then on nobody calls the network with these credentials; a secret that renews them is used at once. */
  async broken(tx: Tx, contractorId: string, page: PageOf, reason: Reason): Promise<void> {
    const key = { contractorId, pageId: page.id };
    if (!(await this.pages.broken(tx, key, reason))) return;
    const refreshKey = await this.health.stop(tx, key);
    if (refreshKey && healedByRenewal(reason.code)) await this.refreshes.hurry(tx, { contractorId, key: refreshKey });
    await this.record(tx, worker(contractorId), 'page.broken', { ...page, details: { code: reason.code } });
    const stopped = { status: 'broken', code: reason.code } as const;
    await this.outbox.publish(tx, pageStopped, { contractorId, clientId: page.clientId, pageId: page.id, ...stopped });
  }

  /** Something makes us doubt that the page's credentials still hold. */
  checkSoon(tx: Tx, contractorId: string, pageId: string): Promise<void> {
    return this.health.putOff(tx, { contractorId, pageId }, 0);
  }

  async capabilitiesChanged(
    tx: Tx,
    contractorId: string,
    page: PageOf,
    changes: { lost: Capability[]; gained: Capability[] },
  ): Promise<void> {
    await this.record(tx, worker(contractorId), 'page.capabilitiesChanged', { ...page, details: changes });
    await this.outbox.publish(tx, pageCapabilitiesChanged, {
      contractorId,
      clientId: page.clientId,
      pageId: page.id,
      ...changes,
    });
  }

  async expiring(tx: Tx, contractorId: string, page: PageOf, end: { withinDays: number; expiresAt: Date }): Promise<void> {
    const told = { withinDays: end.withinDays, expiresAt: end.expiresAt.toISOString() };
    await this.record(tx, worker(contractorId), 'page.credentialsExpiring', { ...page, details: told });
    await this.outbox.publish(tx, pageCredentialsExpiring, { contractorId, clientId: page.clientId, pageId: page.id, ...told });
  }

  record(tx: Tx, who: Actor | Principal, action: string, { id, clientId, details = {} }: PageFact): Promise<void> {
    return this.audit.record(tx, who, { action, objectType: 'page', objectId: id, clientId, details: { ...details } });
  }
}
