import { Injectable } from '@nestjs/common';
import type { Credentials, NetworkName, SpendingCall } from '../../networks/network.js';
import { publishCallOf } from '../../networks/post-content.js';
import { Networks } from '../../networks/networks.js';
import { Clock } from '../../platform/clock/clock.js';
import { pause } from '../../platform/clock/pause.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { plannedContent } from './attachments.js';
import { spendingOf, type Spending, type Urgency } from './budget.js';
import { BudgetStore } from './budget.store.js';
import { LaneStore } from './lane.store.js';
import type { Parking } from './parking.js';
import type { Readied } from './publication-reader.service.js';

/** A job may wait so long for its turn; longer, and it would keep its place in the lane from others. */
const PATIENCE_MS = 1_500;
/** A turn is for now: a process that stood still since it asked would call in a moment that is somebody else's. It asks again. */
const STALE_MS = 250;
const MOST_STALE = 3;
/** What is needed for a post that is due so soon goes before whatever can wait. */
const URGENT_MS = 60_000;

/** Who calls, and with what. */
export interface PageSecrets {
  readonly contractorId: string;
  readonly network: NetworkName;
  readonly credentials: Credentials;
}

/** Turns to call a network. Sending a post gets its turn from the dispatcher, every other call of publishing asks here. */
@Injectable()
export class Budgets {
  constructor(
    private readonly work: UnitOfWork,
    private readonly budgets: BudgetStore,
    private readonly lanes: LaneStore,
    private readonly networks: Networks,
    private readonly clock: Clock,
  ) {}

  /**
   * Waits a moment for a turn to make this call with the page's secrets.
   * @returns 0 when it is there, otherwise milliseconds after which the job should be rung again.
   */
  async turn(ready: Readied, call: SpendingCall): Promise<number> {
    const { contractorId, state, nextTryAt } = ready.publication;
    const urgent = state === 'scheduled' && nextTryAt.getTime() - this.clock.now().getTime() < URGENT_MS;
    return this.wait(contractorId, this.spending(ready, call), urgent ? 'publishing' : 'background');
  }

  /** As `turn`, for what is about a page and no post of it: it comes after whatever is for posts. */
  pageTurn({ contractorId, network, credentials }: PageSecrets, call: SpendingCall): Promise<number> {
    const spending = spendingOf(this.networks.get(network), call, { contractorId, credentials });
    return this.wait(contractorId, spending, 'background');
  }

  /** A call took so many requests, of which its turn was for one: whoever calls next waits for them. */
  async made({ contractorId, network, credentials }: PageSecrets, call: SpendingCall, requests = 1): Promise<void> {
    const spending = requests > 1 ? spendingOf(this.networks.get(network), call, { contractorId, credentials }) : undefined;
    if (!spending) return;
    await this.work.forTenant(wholeContractor(contractorId), (tx) =>
      this.budgets.used(tx, contractorId, { ...spending, requests }),
    );
  }

  /** A fingerprint of the secret that this call is made with: whatever has the same one may share calls. Undefined: there is none. */
  secretOf({ contractorId, network, credentials }: PageSecrets, call: SpendingCall): string | undefined {
    return spendingOf(this.networks.get(network), call, { contractorId, credentials })?.key;
  }

  /** The budget that sending this publication draws on, for the dispatcher; null when its page's is all there is to know. */
  async open(tx: Tx, ready: Readied): Promise<string | null> {
    const spending = this.sending(ready);
    if (spending) await this.budgets.open(tx, ready.publication.contractorId, spending);
    return spending?.key ?? null;
  }

  /** For a post whose turn it is: milliseconds until it may leave. */
  leave(tx: Tx, contractorId: string, budgetKey: string | null | undefined): Promise<number> {
    return budgetKey == null ? Promise.resolve(0) : this.budgets.book(tx, contractorId, budgetKey);
  }

  /** Whether the dispatcher gave a turn of another secret than the one that the page has now. */
  outdated(ready: Readied): boolean {
    const { budgetKey } = ready.publication;
    return budgetKey !== null && budgetKey !== this.sending(ready)?.key;
  }

  /** The network asked for a pause. */
  async park(tx: Tx, { publication }: Readied, parking: Parking | undefined): Promise<void> {
    if (!parking) return;
    const { contractorId, budgetKey } = publication;
    await this.lanes.park(tx, publication, parking);
    // This one answer is about the secret: its other pages would meet it as well.
    if (parking.reason.code === 'rate-limited' && budgetKey !== null)
      await this.budgets.rest(tx, contractorId, budgetKey, parking.seconds);
  }

  private async wait(contractorId: string, spending: Spending | undefined, urgency: Urgency): Promise<number> {
    if (!spending) return 0;
    for (let waited = 0, stale = 0; ;) {
      const asked = this.clock.monotonicMs();
      const wait = await this.work.forTenant(wholeContractor(contractorId), (tx) =>
        this.budgets.take(tx, contractorId, spending, urgency),
      );
      waited += wait;
      if (wait === 0) {
        if (this.clock.monotonicMs() - asked <= STALE_MS || stale === MOST_STALE) return 0;
        stale += 1;
      } else if (waited > PATIENCE_MS) return wait;
      else await pause(wait);
    }
  }

  private sending(ready: Readied): Spending | undefined {
    return this.spending(ready, publishCallOf(plannedContent(ready)));
  }

  private spending({ publication, credentials }: Readied, call: SpendingCall): Spending | undefined {
    const { contractorId, network } = publication;
    return spendingOf(this.networks.get(network), call, { contractorId, credentials });
  }
}
