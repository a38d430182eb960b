import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { MetricsReaderStore } from './metrics-reader.store.js';
import type { DayScore, DaysWanted, PageDayNumbers, PageWeekReach, PostSnapshot, WeeksWanted } from './numbers.js';

/**
 * Collected numbers, for the modules above. An answer with `asOf` is what was known at that instant: asked again later with the same instant,
 * it is the same, whatever has been collected since. What is being written at this moment may still come: name an instant that is a
 * minute past.
 */
@Injectable()
export class MetricsReader {
  constructor(private readonly numbers: MetricsReaderStore) {}

  /** The last snapshot of each publication that was taken not after `asOf`, by publication; those without one are absent. */
  async ofPosts(
    tx: Tx,
    { contractorId }: { readonly contractorId: string },
    publicationIds: readonly string[],
    asOf: Date,
  ): Promise<ReadonlyMap<string, PostSnapshot>> {
    const rows = await this.numbers.lastOfPosts(tx, contractorId, publicationIds, asOf);
    return new Map(rows.map((row) => [row.publicationId, row]));
  }

  /** Each day of which something is known, in order; a day that is absent is a gap. */
  ofPage(tx: Tx, wanted: DaysWanted): Promise<PageDayNumbers[]> {
    return this.numbers.daysOfPage(tx, wanted);
  }

  /** Weeks of pages that were told, as they are known now; one that is absent is not known, which is not zero. */
  weeksOf(tx: Tx, wanted: WeeksWanted): Promise<PageWeekReach[]> {
    return this.numbers.weeks(tx, wanted);
  }

  /** The compliance score of each day that was audited, in order. */
  scoresOf(tx: Tx, wanted: DaysWanted): Promise<DayScore[]> {
    return this.numbers.scores(tx, wanted);
  }
}
