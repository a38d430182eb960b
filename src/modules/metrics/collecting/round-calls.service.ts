import { Injectable } from '@nestjs/common';
import type { CallOutcome, Network, NumbersCall, PageDescription } from '../../../networks/network.js';
import { Networks } from '../../../networks/networks.js';
import type { AskedAtOnce, CountedPost, PageDay, PageWeek, PostNumbers } from '../../../networks/numbers.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { StandingPublication } from '../../publishing/publication-fact.js';
import { Budgets } from '../../publishing/budgets.service.js';
import type { AskedPost, Round } from './round.js';

/** Not an answer of the network: it was not asked, because posts need the turns of this secret. */
export const NO_TURN = 'no-turn';

const DAY_MS = 24 * 3_600_000;
/** Networks correct what they say of a day for some days. */
const CORRECTED_FOR_MS = 4 * DAY_MS;
/** After a downtime: what they can still tell of the days that were missed. */
const MOST_DAYS_BACK_MS = 30 * DAY_MS;

/** The calls of a round. Each waits for a turn of its secret, and posts go first. */
@Injectable()
export class RoundCalls {
  constructor(
    private readonly networks: Networks,
    private readonly budgets: Budgets,
    private readonly clock: Clock,
  ) {}

  /** How many posts are asked for at once. */
  sizesOf({ page }: Round): AskedAtOnce {
    return this.networks.get(page.network).askedAtOnce;
  }

  /** In one call, of pages that share the secret which reads posts. */
  counters(posts: readonly [AskedPost, ...AskedPost[]]): Promise<CallOutcome<CountedPost[]>> {
    const [{ round }] = posts;
    const asked = posts.map(({ round: { page }, post }) => ({ pageId: page.externalId, externalId: post.externalId }));
    return this.ask(round, 'readCounters', (network) => network.readCounters(round.credentials, asked));
  }

  /** In one call, of one page: no network tells reach across pages. */
  reach(round: Round, posts: readonly StandingPublication[]): Promise<CallOutcome<PostNumbers[]>> {
    return this.statistics(round, 'readReach', (network) => network.readReach(refOf(round), round.credentials, posts));
  }

  describe(round: Round): Promise<CallOutcome<PageDescription>> {
    return this.ask(round, 'describePage', (network) => network.describePage(refOf(round), round.credentials));
  }

  /** Those that end on a day that may still change. */
  weeks(round: Round): Promise<CallOutcome<PageWeek[]>> {
    const from = new Date(this.mayStillChange(round).getTime() - 7 * DAY_MS);
    return this.statistics(round, 'readWeeks', (network) => network.readWeeks(refOf(round), round.credentials, from));
  }

  /** From the last day that may still change on. */
  days(round: Round): Promise<CallOutcome<PageDay[]>> {
    const [from, until] = [this.mayStillChange(round), this.clock.now()];
    return this.statistics(round, 'readDays', (network) => network.readDays(refOf(round), round.credentials, from, until));
  }

  private mayStillChange({ collection }: Round): Date {
    const since = (collection.daysReadAt?.getTime() ?? 0) - CORRECTED_FOR_MS;
    return new Date(Math.max(since, this.clock.now().getTime() - MOST_DAYS_BACK_MS));
  }

  /** What only managers see. Where the connection's check has found that the right is missing, nobody is asked in vain. */
  private statistics<T>(round: Round, call: NumbersCall, run: (network: Network) => Promise<CallOutcome<T>>) {
    const right = round.page.capabilities?.readStatistics;
    if (right?.allowed === false) {
      const message = right.reason ?? 'Нет права на статистику.';
      const refused: CallOutcome<T> = { kind: 'refused', reason: { code: 'capability-missing', message } };
      return Promise.resolve(refused);
    }
    return this.ask(round, call, run);
  }

  private async ask<T>(
    { contractorId, page, credentials }: Round,
    call: NumbersCall | 'describePage',
    run: (network: Network) => Promise<CallOutcome<T>>,
  ): Promise<CallOutcome<T>> {
    const afterMs = await this.budgets.pageTurn({ contractorId, network: page.network, credentials }, call);
    if (afterMs > 0) return { kind: 'retryLater', afterMs, reason: { code: NO_TURN, message: 'Запросы заняты публикациями.' } };
    return run(this.networks.get(page.network));
  }
}

function refOf({ page }: Round): { externalId: string } {
  return { externalId: page.externalId };
}
