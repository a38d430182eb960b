import { Injectable } from '@nestjs/common';
import type { CallOutcome } from '../../../networks/network.js';
import { Clock } from '../../../platform/clock/clock.js';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { StandingPublication } from '../../publishing/publication-fact.js';
import { stopsCalls } from '../../pages/page.js';
import { type GapCodes, NOT_ASKED } from '../gaps.js';
import { CollectionWriter } from './collection-writer.service.js';
import { RoundCalls } from './round-calls.service.js';
import { RoundReader } from './round-reader.service.js';
import { batches, type Round } from './round.js';
import { reasonOf, takenPosts } from './taken.js';

/** Days and weeks are not ready sooner. */
const DAYS_EVERY_MS = 6 * 3_600_000;

type Failure = Exclude<CallOutcome<never>, { kind: 'done' }>;

/** The round of a page. What was told is written batch by batch, so that whoever is stopped has lost nothing. */
@Injectable()
export class CollectingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: RoundReader,
    private readonly calls: RoundCalls,
    private readonly writer: CollectionWriter,
    private readonly clock: Clock,
  ) {}

  async collect(contractorId: string, pageId: string): Promise<void> {
    const round = await this.work.reading(wholeContractor(contractorId), (tx) => this.reader.read(tx, contractorId, pageId));
    if (!round) return this.writer.parkUnconnected(contractorId, pageId);
    const posts = await this.posts(round);
    if (posts.stopped) return this.writer.stop(round, posts.stopped);
    const page = await this.page(round);
    if (page.stopped) return this.writer.stop(round, page.stopped);
    await this.writer.finish(round, { posts: posts.gaps, page: page.gaps, daysRead: page.daysRead });
  }

  private async posts(round: Round): Promise<{ stopped?: Failure; gaps?: GapCodes }> {
    let gaps: GapCodes | undefined;
    for (const batch of batches(round.due, this.calls.sizeOf(round))) {
      const counters = await this.calls.counters(round, batch);
      const stopped = stopping(counters);
      if (stopped) return { stopped };
      const reach = await this.calls.reach(round, batch);
      gaps = await this.writePosts(round, batch, counters, reach);
      await this.writer.lossSeen(round, reach);
      const stoppedAfter = stopping(reach);
      if (stoppedAfter) return { stopped: stoppedAfter };
    }
    return { ...(gaps && { gaps }) };
  }

  private async writePosts(
    round: Round,
    batch: readonly StandingPublication[],
    counters: Parameters<typeof takenPosts>[1],
    reach: Parameters<typeof takenPosts>[2],
  ): Promise<GapCodes> {
    const at = this.clock.now();
    await this.writer.posts(round, batch, takenPosts(batch, counters, reach), at);
    return {
      ...(counters.kind !== 'done' && { views: reasonOf(counters), likes: reasonOf(counters) }),
      ...(counters.kind !== 'done' && { comments: reasonOf(counters), reposts: reasonOf(counters) }),
      ...(reach.kind !== 'done' && { reach: reasonOf(reach), reachSubscribers: reasonOf(reach) }),
      ...(reach.kind !== 'done' && { linkClicks: reasonOf(reach), hides: reasonOf(reach) }),
    };
  }

  private async page(round: Round): Promise<{ stopped?: Failure; gaps: GapCodes; daysRead: boolean }> {
    const described = await this.calls.describe(round);
    const stopped = stopping(described);
    if (stopped) return { stopped, gaps: {}, daysRead: false };
    const { daysReadAt, pageGaps } = round.collection;
    const wantsDays = this.clock.now().getTime() - (daysReadAt?.getTime() ?? 0) >= DAYS_EVERY_MS;
    const week = wantsDays ? await this.calls.weeks(round) : undefined;
    const days = wantsDays ? await this.calls.days(round) : undefined;
    const at = this.clock.now();
    const members = described.kind === 'done' ? described.value.membersCount : undefined;
    const weeks = week?.kind === 'done' ? week.value : [];
    const weekReach = weeks[0]?.reach;
    const whyNoMembers: GapCodes = members === undefined ? { members: reasonOf(described) } : {};
    const whyNoReach: GapCodes = weekReach === undefined ? { weekReach: week ? reasonOf(week) : NOT_ASKED } : {};
    const taken = { members, weekReach, gaps: { ...whyNoMembers, ...whyNoReach } };
    const profile = described.kind === 'done' ? described.value : undefined;
    await this.writer.page(round, { taken, days: days?.kind === 'done' ? days.value : [], weeks, profile }, at);
    // Between two askings the reason of the last still holds.
    const lasting: GapCodes = week
      ? whyNoReach
      : { ...(pageGaps['weekReach'] !== undefined && { weekReach: pageGaps['weekReach'] }) };
    return { gaps: { ...whyNoMembers, ...lasting }, daysRead: days?.kind === 'done' || days?.kind === 'refused' };
  }
}

/** An answer after which the page is left alone for a while. A right that is missing for one call says nothing of the others. */
function stopping(outcome: CallOutcome<unknown>): Failure | undefined {
  if (outcome.kind === 'retryLater') return outcome;
  return outcome.kind !== 'done' && stopsCalls(outcome) ? outcome : undefined;
}
