import { Injectable } from '@nestjs/common';
import type { CallOutcome } from '../../../networks/network.js';
import type { CountedPost, PostNumbers } from '../../../networks/numbers.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { StandingPublication } from '../../publishing/publication-fact.js';
import type { GapCodes } from '../gaps.js';
import { CollectionWriter } from './collection-writer.service.js';
import { RoundCalls } from './round-calls.service.js';
import { type AskedPost, batches, type Round } from './round.js';
import { type Failure, stopping } from './stopping.js';
import { reasonOf, takenPosts, toldOf } from './taken.js';

/** What one call told, and when. */
interface Told {
  readonly answer: CallOutcome<readonly CountedPost[]>;
  readonly at: Date;
}

/** By the id of the publication. A post that is absent was not asked about: the network had said "later". */
export interface Counted {
  readonly told: ReadonlyMap<string, Told>;
  readonly stopped: Failure | undefined;
}

/** The posts of a round: counters of all pages that share a secret together, reach page by page. */
@Injectable()
export class PostCollecting {
  constructor(
    private readonly calls: RoundCalls,
    private readonly writer: CollectionWriter,
    private readonly clock: Clock,
  ) {}

  /** @param rounds with one secret */
  async count(rounds: readonly Round[]): Promise<Counted> {
    const told = new Map<string, Told>();
    const asked = rounds.flatMap((round) => round.due.map((post): AskedPost => ({ round, post })));
    if (asked.length === 0) return { told, stopped: undefined };
    for (const batch of batches(asked, this.calls.sizesOf(asked[0]!.round).counters)) {
      const stopped = await this.ask(batch, told);
      if (stopped) return { told, stopped };
    }
    return { told, stopped: undefined };
  }

  /** Asks for reach, and writes what is known of a page's posts. Once the network has said "later" nobody asks any more. */
  async write(round: Round, { told, stopped }: Counted): Promise<{ stopped?: Failure; gaps?: GapCodes }> {
    let gaps: GapCodes | undefined;
    for (const batch of batches(
      round.due.filter(({ id }) => told.has(id)),
      this.calls.sizesOf(round).reach,
    )) {
      const reach = stopped ?? (await this.calls.reach(round, batch));
      gaps = await this.writeBatch(round, batch, told, reach);
      if (reach === stopped) continue;
      await this.writer.lossSeen(round, reach);
      const stoppedHere = stopping(reach);
      if (stoppedHere) return { stopped: stoppedHere };
    }
    return { ...(stopped && { stopped }), ...(gaps && { gaps }) };
  }

  private async ask(batch: readonly AskedPost[], told: Map<string, Told>): Promise<Failure | undefined> {
    const [first, ...rest] = batch;
    if (!first) return undefined;
    const answer = await this.calls.counters([first, ...rest]);
    const stopped = stopping(answer);
    if (stopped) return stopped;
    // One page's refusal is not another's: who was refused together is asked alone.
    const pages = new Set(batch.map(({ round }) => round));
    if (answer.kind !== 'done' && pages.size > 1) {
      for (const page of pages) {
        const stoppedAlone = await this.ask(
          batch.filter(({ round }) => round === page),
          told,
        );
        if (stoppedAlone) return stoppedAlone;
      }
      return undefined;
    }
    for (const { post } of batch) told.set(post.id, { answer, at: this.clock.now() });
    return undefined;
  }

  /** A batch may have been counted by two calls. */
  private async writeBatch(
    round: Round,
    batch: readonly StandingPublication[],
    told: Counted['told'],
    reach: CallOutcome<readonly PostNumbers[]>,
  ): Promise<GapCodes> {
    let gaps: GapCodes = {};
    for (const one of new Set(batch.map(({ id }) => told.get(id)!))) {
      const posts = batch.filter(({ id }) => told.get(id) === one);
      const counters = toldOf(one.answer, round.page.externalId);
      await this.writer.posts(round, posts, takenPosts(posts, counters, reach), one.at);
      gaps = { ...gaps, ...gapsAfter(counters, reach) };
    }
    return gaps;
  }
}

function gapsAfter(counters: CallOutcome<unknown>, reach: CallOutcome<unknown>): GapCodes {
  return {
    ...(counters.kind !== 'done' && { views: reasonOf(counters), likes: reasonOf(counters) }),
    ...(counters.kind !== 'done' && { comments: reasonOf(counters), reposts: reasonOf(counters) }),
    ...(reach.kind !== 'done' && { reach: reasonOf(reach), reachSubscribers: reasonOf(reach) }),
    ...(reach.kind !== 'done' && { linkClicks: reasonOf(reach), hides: reasonOf(reach) }),
  };
}
