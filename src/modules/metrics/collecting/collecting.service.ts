import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { GapCodes } from '../gaps.js';
import { CollectionWriter } from './collection-writer.service.js';
import { PageCollecting } from './page-collecting.service.js';
import { PostCollecting } from './post-collecting.service.js';
import { NO_TURN } from './round-calls.service.js';
import { RoundReader } from './round-reader.service.js';
import type { Round } from './round.js';
import type { Failure } from './stopping.js';

/** What a network says of a secret and not of a page. */
const OF_THE_SECRET = [NO_TURN, 'rate-limited'];

/** Rounds of pages. What was told is written page by page, so that whoever is stopped has lost nothing. */
@Injectable()
export class CollectingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: RoundReader,
    private readonly writer: CollectionWriter,
    private readonly posts: PostCollecting,
    private readonly pages: PageCollecting,
  ) {}

  /** @param pageIds those that shared the secret which reads posts when they were picked */
  async collect(contractorId: string, pageIds: readonly string[]): Promise<void> {
    const rounds = await this.work.reading(wholeContractor(contractorId), (tx) => this.reader.readAll(tx, contractorId, pageIds));
    const connected = new Set(rounds.map(({ page }) => page.id));
    for (const pageId of pageIds) if (!connected.has(pageId)) await this.writer.parkUnconnected(contractorId, pageId);
    await this.writer.readWith(contractorId, rounds);
    // One of them may have been connected with other secrets since.
    for (const readsWith of new Set(rounds.map((round) => round.readsWith)))
      await this.together(rounds.filter((round) => round.readsWith === readsWith));
  }

  private async together(rounds: readonly Round[]): Promise<void> {
    const counted = await this.posts.count(rounds);
    let over: Failure | undefined;
    for (const round of rounds) {
      const posts = await this.posts.write(round, over ? { ...counted, stopped: over } : counted);
      const failure = posts.stopped ?? (await this.finish(round, posts.gaps));
      if (failure) await this.writer.stop(round, failure);
      // The next page would meet it as well.
      if (failure?.kind === 'retryLater' && OF_THE_SECRET.includes(failure.reason.code)) over = failure;
    }
  }

  private async finish(round: Round, gaps: GapCodes | undefined): Promise<Failure | undefined> {
    const page = await this.pages.collect(round);
    if (!page.stopped) await this.writer.finish(round, { posts: gaps, page: page.gaps, daysRead: page.daysRead });
    return page.stopped;
  }
}
