import { Injectable } from '@nestjs/common';
import type { CallOutcome, CredentialCheck, Credentials } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { Clock } from '../../platform/clock/clock.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { CallTurns } from './call-turns.js';
import { changedCapabilities, judgeCheck, secondsToCheck, type Verdict } from './connection-health.js';
import { ConnectionHealthStore, type LockedHealth } from './connection-health.store.js';
import { ConnectionsService } from './connections.service.js';
import type { Page } from './page.js';
import { PageRecords } from './page-records.service.js';

interface Present {
  readonly page: Page;
  readonly connectionId: string;
  readonly credentials: Credentials;
}

/** What checking reaches for outside its own rows. */
@Injectable()
export class CheckTools {
  constructor(
    readonly networks: Networks,
    readonly turns: CallTurns,
    readonly connections: ConnectionsService,
    readonly clock: Clock,
    readonly metrics: Metrics,
  ) {}
}

/**
 * Asks the network every day whether a page's credentials still hold. Trouble on the way is counted and changes nothing;
 * a revoked token breaks the page at once; rights that went or came change what the page is said to allow.
 */
@Injectable()
export class ConnectionChecksService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly health: ConnectionHealthStore,
    private readonly records: PageRecords,
    private readonly tools: CheckTools,
  ) {}

  async check(contractorId: string, pageId: string): Promise<void> {
    const present = await this.read(contractorId, pageId);
    if (!present) return;
    const { page, credentials } = present;
    const waitMs = await this.tools.turns.toCheck(contractorId, page.network, credentials);
    if (waitMs > 0) return this.putOff(contractorId, pageId, Math.ceil(waitMs / 1_000));
    const network = this.tools.networks.get(page.network);
    const outcome = await network.checkCredentials({ externalId: page.externalId }, credentials);
    const verdict = await this.work.forTenant(wholeContractor(contractorId), (tx) =>
      this.settle(tx, contractorId, present, outcome),
    );
    if (verdict) this.tools.metrics.credentialChecks.inc({ network: page.network, outcome: verdict });
  }

  /** A page that is broken is left alone, unless its secrets were renewed since. */
  private read(contractorId: string, pageId: string): Promise<Present | undefined> {
    const { connections } = this.tools;
    return this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const row = await this.health.lock(tx, { contractorId, pageId });
      const page = row && (await this.records.pages.find(tx, contractorId, pageId));
      if (!row || !page || !mayBeAsked(page, row)) return undefined;
      const credentials = await connections.credentialsOf(tx, contractorId, pageId);
      return credentials && { page, connectionId: row.connectionId, credentials };
    });
  }

  private async settle(
    tx: Tx,
    contractorId: string,
    { page: asked, connectionId }: Present,
    outcome: CallOutcome<CredentialCheck>,
  ): Promise<Verdict['kind'] | undefined> {
    const key = { contractorId, pageId: asked.id };
    const row = await this.health.lock(tx, key);
    const page = row && (await this.records.pages.find(tx, contractorId, asked.id));
    // What was proved is about the credentials that were asked with, and about a page that nobody broke meanwhile.
    if (!row || !page || row.connectionId !== connectionId || !mayBeAsked(page, row)) return undefined;
    const verdict = judgeCheck(outcome, row.checkFailures);
    if (verdict.kind === 'broken') {
      await this.records.broken(tx, contractorId, page, verdict.reason);
      await this.health.stop(tx, key);
    } else if (verdict.kind === 'inconclusive') {
      await this.health.provedNothing(tx, key, verdict.reason, verdict.afterSeconds);
    } else if (outcome.kind === 'done') {
      await this.good(tx, contractorId, { page, row }, outcome.value);
    }
    return verdict.kind;
  }

  private async good(
    tx: Tx,
    contractorId: string,
    { page, row }: { page: Page; row: LockedHealth },
    { capabilities }: CredentialCheck,
  ): Promise<void> {
    const key = { contractorId, pageId: page.id };
    await this.health.checked(tx, key, secondsToCheck(page.id, row.now));
    if (page.status === 'broken') return this.records.restored(tx, contractorId, page, capabilities);
    await this.records.pages.checked(tx, key, capabilities);
    const changes = changedCapabilities(page.capabilities, capabilities);
    if (changes.lost.length + changes.gained.length > 0) await this.records.capabilitiesChanged(tx, contractorId, page, changes);
  }

  private putOff(contractorId: string, pageId: string, seconds: number): Promise<void> {
    return this.work.forTenant(wholeContractor(contractorId), (tx) => this.health.putOff(tx, { contractorId, pageId }, seconds));
  }
}

function mayBeAsked({ status }: Page, { proving }: LockedHealth): boolean {
  return status === 'connected' || (status === 'broken' && proving);
}
