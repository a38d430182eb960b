import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { type GapCodes, NOT_ASKED } from '../gaps.js';
import { CollectionWriter } from './collection-writer.service.js';
import { RoundCalls } from './round-calls.service.js';
import type { Round } from './round.js';
import { type Failure, stopping } from './stopping.js';
import { reasonOf } from './taken.js';

/** Days and weeks are not ready sooner. */
const DAYS_EVERY_MS = 6 * 3_600_000;

/** What a round asks of the page itself: how it looks, and its days and weeks. */
@Injectable()
export class PageCollecting {
  constructor(
    private readonly calls: RoundCalls,
    private readonly writer: CollectionWriter,
    private readonly clock: Clock,
  ) {}

  async collect(round: Round): Promise<{ stopped?: Failure; gaps: GapCodes; daysRead: boolean }> {
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
