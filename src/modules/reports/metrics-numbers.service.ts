import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { MetricsReader } from '../metrics/metrics-reader.service.js';
import type { DaysWanted, PageDayNumbers } from '../metrics/numbers.js';
import type { Days } from './document/days.js';
import type { CollectedNumbers, PageDay, PageNumbers } from './document/report-numbers.js';
import { type NumbersWanted, ReportNumbers } from './report-numbers.service.js';

/** What was collected of a client's pages and posts. */
@Injectable()
export class MetricsNumbers extends ReportNumbers {
  constructor(private readonly metrics: MetricsReader) {
    super();
  }

  async read(tx: Tx, wanted: NumbersWanted): Promise<CollectedNumbers> {
    const { contractorId, publicationIds, pageIds, asOf, period } = wanted;
    const snapshots = await this.metrics.ofPosts(tx, { contractorId }, publicationIds, asOf);
    const [pages, compliance]: [PageNumbers[], CollectedNumbers['compliance'][number][]] = [[], []];
    for (const pageId of pageIds) {
      const of = (days: Days) => daysWanted(wanted, pageId, days);
      const scores = await this.metrics.scoresOf(tx, of(period));
      compliance.push(
        ...scores.map(({ day, score, most, modelVersion }) => ({ pageId, day, points: score, outOf: most, model: modelVersion })),
      );
      const [days, before] = [await this.metrics.ofPage(tx, of(period)), await this.metrics.ofPage(tx, of(wanted.before))];
      pages.push({ pageId, days: days.map(asDay), daysBefore: before.map(asDay) });
    }
    const posts = [...snapshots.values()].map(({ publicationId: id, takenAt, views, reach, likes, comments, reposts }) => ({
      ...{ id, takenAt: takenAt.toISOString(), views, reach, likes, comments, reposts },
    }));
    return { posts, pages, compliance };
  }
}

function daysWanted({ contractorId, timeZone, asOf }: NumbersWanted, pageId: string, { startsOn, endsOn }: Days): DaysWanted {
  return { contractorId, pageId, timeZone, from: startsOn, until: endsOn, asOf };
}

function asDay({ day, members, network }: PageDayNumbers): PageDay {
  const { reach = null, views = null, likes = null, comments = null, reposts = null } = network ?? {};
  return { day, members, reach, views, likes, comments, reposts };
}
