import { Injectable } from '@nestjs/common';
import type { Credentials, Network, RefreshOutcome } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { Clock } from '../../platform/clock/clock.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { worker } from '../audit/audit.js';
import { ConnectionHealthStore } from './connection-health.store.js';
import { healedByRenewal } from './connection-health.js';
import { ConnectionsService } from './connections.service.js';
import { lostAnswerReason, renewAgainInSeconds, renewInSeconds } from './credential-refresh.js';
import { CredentialRefreshStore, type Holder, type RefreshLease } from './credential-refresh.store.js';
import { fingerprintOf } from './fingerprint.js';
import { PageRecords } from './page-records.service.js';

/** The request leaves within this time of its lease, so that no second worker can have taken the secret meanwhile. */
const SEND_WITHIN_MS = 10_000;

interface Claimed {
  readonly lease: RefreshLease;
  readonly network: Network;
  readonly credentials: Credentials;
}

/** What renewing reaches for outside its own rows. */
@Injectable()
export class RefreshTools {
  constructor(
    readonly networks: Networks,
    readonly connections: ConnectionsService,
    readonly health: ConnectionHealthStore,
    readonly clock: Clock,
    readonly metrics: Metrics,
  ) {}
}

/**
 * Renews secrets before they end. The secret that renews them is good for one use, so one worker at a time uses it, once, for
 * all pages that hold it; whatever the network gives is stored before anything else happens.
 */
@Injectable()
export class CredentialRefreshesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly refreshes: CredentialRefreshStore,
    private readonly records: PageRecords,
    private readonly tools: RefreshTools,
  ) {}

  async refresh(contractorId: string, key: string): Promise<void> {
    // Taken before the lease, so that ours never ends later, whatever the two clocks say.
    const sendBefore = new Date(this.tools.clock.now().getTime() + SEND_WITHIN_MS);
    const claimed = await this.claim(contractorId, key);
    if (!claimed) return;
    const { lease, network, credentials } = claimed;
    const outcome = await network.refreshCredentials(credentials, sendBefore);
    this.tools.metrics.credentialRefreshes.inc({ network: network.name, outcome: outcome.kind });
    await this.work.forTenant(wholeContractor(contractorId), (tx) =>
      outcome.kind === 'refreshed' ? this.store(tx, claimed, outcome) : this.fail(tx, { lease, network }, outcome),
    );
  }

  private claim(contractorId: string, key: string): Promise<Claimed | undefined> {
    return this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const lease = await this.refreshes.claim(tx, { contractorId, key });
      if (!lease) return undefined;
      const [holder] = await this.refreshes.holders(tx, lease);
      const credentials = holder && (await this.tools.connections.credentialsOf(tx, contractorId, holder.pageId));
      if (holder && credentials) return { lease, credentials, network: this.tools.networks.get(holder.network) };
      // Every page that held it was connected anew or disconnected.
      await this.refreshes.drop(tx, lease);
      return undefined;
    });
  }

  private async store(
    tx: Tx,
    { lease, network, credentials }: Claimed,
    { credentials: fresh, expiresAt }: Extract<RefreshOutcome, { kind: 'refreshed' }>,
  ): Promise<void> {
    const { contractorId } = lease;
    const { connections, clock } = this.tools;
    const all = { ...credentials, ...fresh };
    const key = fingerprintOf(contractorId, all[network.refreshedBy(all)!]!);
    const inSeconds = renewInSeconds(expiresAt, clock.now());
    if (!(await this.refreshes.renewed(tx, lease, { key, inSeconds }))) return;
    for (const holder of await this.refreshes.holders(tx, lease)) {
      await connections.renew(tx, { contractorId, ...holder }, fresh, expiresAt ?? null);
      await this.proveIfBroken(tx, contractorId, holder, { key, expiresAt: expiresAt ?? null });
    }
  }

  private async proveIfBroken(
    tx: Tx,
    contractorId: string,
    { pageId }: Holder,
    renewal: { key: string; expiresAt: Date | null },
  ): Promise<void> {
    const page = await this.records.pages.find(tx, contractorId, pageId);
    const prove = page?.status === 'broken' && healedByRenewal(page.statusReason?.code ?? '');
    await this.tools.health.renewed(tx, { contractorId, pageId }, { ...renewal, prove });
  }

  private async fail(
    tx: Tx,
    { lease, network }: Pick<Claimed, 'lease' | 'network'>,
    outcome: Exclude<RefreshOutcome, { kind: 'refreshed' }>,
  ): Promise<void> {
    if (outcome.kind === 'revoked') return this.revoked(tx, { lease, network }, outcome);
    const inSeconds = renewAgainInSeconds(lease.failures, outcome.kind === 'retryLater' ? outcome.afterMs : 0);
    const failure = { reason: outcome.reason, inSeconds, unsure: outcome.kind === 'unsure' };
    if (!(await this.refreshes.failed(tx, lease, failure))) return;
    // Said once: if the network takes the secret for used, somebody will have to connect the page again.
    for (const { pageId: id, clientId } of await this.refreshes.holders(tx, lease))
      await this.records.record(tx, worker(lease.contractorId), 'page.renewalUnsure', { id, clientId });
  }

  private async revoked(
    tx: Tx,
    { lease, network }: Pick<Claimed, 'lease' | 'network'>,
    { reason }: Extract<RefreshOutcome, { kind: 'revoked' }>,
  ): Promise<void> {
    const { contractorId } = lease;
    const holders = await this.refreshes.holders(tx, lease);
    if (!(await this.refreshes.drop(tx, lease))) return;
    await this.tools.health.unrenewable(tx, contractorId, lease.key);
    const why = lease.unsure ? lostAnswerReason(network.title, reason) : reason;
    for (const { pageId: id, clientId } of holders) {
      await this.records.broken(tx, contractorId, { id, clientId }, why);
      await this.records.pages.explain(tx, { contractorId, pageId: id }, why);
    }
  }
}
