import { Injectable } from '@nestjs/common';
import type { CallOutcome, PageDescription } from '../../../networks/network.js';
import type { PageDay, PageWeek } from '../../../networks/numbers.js';
import { wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import { Outbox } from '../../../platform/queue/outbox.js';
import { stopsCalls } from '../../pages/page.js';
import { PagesService } from '../../pages/pages.service.js';
import type { StandingPublication } from '../../publishing/publication-fact.js';
import { PageAuditing } from '../auditing/page-auditing.service.js';
import type { GapCodes } from '../gaps.js';
import { pageWeekTold } from '../metrics.events.js';
import { CollectionStore, type PageKey } from './collection.store.js';
import { RollupStore } from './rollup.store.js';
import { NO_TURN } from './round-calls.service.js';
import { RoundReader } from './round-reader.service.js';
import type { Round } from './round.js';
import type { Failure } from './stopping.js';
import { SnapshotStore, type TakenPage } from './snapshot.store.js';
import type { TakenPost } from './taken.js';
import { WeekStore } from './week.store.js';

const NOT_CONNECTED = {
  code: 'not-connected',
  message: 'Страница не подключена: числа не собираются. Подключите её, и сбор продолжится.',
};
/** Nobody asks sooner, whatever the network says. */
const LEAST_PAUSE_SECONDS = 30;

/** What a round has seen of a page; without a profile the network did not describe it. */
export interface SeenPage {
  readonly taken: TakenPage;
  readonly days: readonly PageDay[];
  readonly weeks: readonly PageWeek[];
  readonly profile: PageDescription | undefined;
}

/** The rows that collecting writes, and what it tells. */
@Injectable()
export class CollectionRows {
  constructor(
    readonly collections: CollectionStore,
    readonly snapshots: SnapshotStore,
    readonly rollups: RollupStore,
    readonly weeks: WeekStore,
    readonly outbox: Outbox,
  ) {}
}

/** Writes what a round has learnt. Everything of a page is written under the lock of its row, so two runs of a round agree. */
@Injectable()
export class CollectionWriter {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: CollectionRows,
    private readonly reader: RoundReader,
    private readonly pages: PagesService,
    private readonly audits: PageAuditing,
  ) {}

  posts(round: Round, asked: readonly StandingPublication[], taken: readonly TakenPost[], at: Date): Promise<void> {
    const { contractorId, timeZone } = round;
    return this.locked(round, async (tx) => {
      const due = new Set((await this.reader.stillDue(tx, contractorId, asked)).map(({ id }) => id));
      const fresh = taken.filter(({ publicationId }) => due.has(publicationId));
      await this.rows.snapshots.insertPosts(tx, keyOf(round), fresh, at);
      const ids = fresh.map(({ publicationId }) => publicationId);
      await this.rows.rollups.posts(tx, ids, { contractorId, at, timeZone });
    });
  }

  /** What a page looks like is scored with what it has reached. */
  page(round: Round, seen: SeenPage, at: Date): Promise<void> {
    const { contractorId, page, timeZone } = round;
    const { taken, days, weeks, profile } = seen;
    return this.locked(round, async (tx) => {
      await this.rows.snapshots.insertDays(tx, keyOf(round), days, at);
      const isNew = await this.rows.snapshots.insertPage(tx, keyOf(round), taken, at);
      await this.weeks(tx, round, weeks, at);
      if (isNew) await this.rows.rollups.page(tx, page.id, { contractorId, at, timeZone });
      if (profile) await this.audits.seen(tx, round, profile, at);
    });
  }

  /** After the page's snapshot, whose subscribers they are measured by. */
  private async weeks(tx: Tx, round: Round, weeks: readonly PageWeek[], at: Date): Promise<void> {
    const { contractorId, clientId, pageId } = keyOf(round);
    for (const endsOn of await this.rows.weeks.insert(tx, keyOf(round), weeks, at))
      await this.rows.outbox.publish(tx, pageWeekTold, { contractorId, clientId, pageId, endsOn });
  }

  finish(round: Round, told: { posts: GapCodes | undefined; page: GapCodes; daysRead: boolean }): Promise<void> {
    return this.locked(round, (tx) => this.rows.collections.collected(tx, keyOf(round), told));
  }

  /** The network stopped us, or posts needed the turns. */
  stop(round: Round, failure: Failure): Promise<void> {
    return this.locked(round, async (tx) => {
      await this.pages.lossSeen(tx, round.contractorId, round.page, failure);
      const { reason } = failure;
      if (failure.kind !== 'retryLater') return this.rows.collections.park(tx, keyOf(round), reason, null);
      const seconds = Math.max(failure.afterMs / 1_000, reason.code === NO_TURN ? 1 : LEAST_PAUSE_SECONDS);
      if (reason.code === NO_TURN) return this.rows.collections.putOff(tx, keyOf(round), seconds);
      return this.rows.collections.park(tx, keyOf(round), reason, seconds);
    });
  }

  /** A right is missing, or was lost: the check of the connection finds out, and from then on nobody asks in vain. */
  lossSeen(round: Round, outcome: CallOutcome<unknown>): Promise<void> {
    if (outcome.kind !== 'credentialLost' || stopsCalls(outcome)) return Promise.resolve();
    return this.work.forTenant(wholeContractor(round.contractorId), (tx) =>
      this.pages.lossSeen(tx, round.contractorId, round.page, outcome),
    );
  }

  /** Pages whose posts are read with another secret than before go with others from now on. */
  readWith(contractorId: string, rounds: readonly Round[]): Promise<void> {
    const changed = rounds.filter(({ readsWith, collection }) => readsWith !== collection.readsWith);
    if (changed.length === 0) return Promise.resolve();
    const pages = changed.map(({ page, readsWith }) => ({ pageId: page.id, readsWith }));
    return this.work.forTenant(wholeContractor(contractorId), (tx) => this.rows.collections.readWith(tx, contractorId, pages));
  }

  parkUnconnected(contractorId: string, pageId: string): Promise<void> {
    return this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const { clientId } = await this.pages.require(tx, contractorId, pageId);
      await this.rows.collections.park(tx, { contractorId, clientId, pageId }, NOT_CONNECTED, null);
    });
  }

  private locked(round: Round, work: (tx: Tx) => Promise<void>): Promise<void> {
    const { contractorId, page } = round;
    return this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      await this.rows.collections.lock(tx, contractorId, page.id);
      await work(tx);
    });
  }
}

function keyOf({ contractorId, page }: Round): PageKey {
  return { contractorId, clientId: page.clientId, pageId: page.id };
}
