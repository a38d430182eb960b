import { Injectable } from '@nestjs/common';
import { addDays } from '../../platform/clock/days.js';
import type { Tx } from '../../platform/database/work.js';
import { russianDay } from '../../platform/text/russian-day.js';
import { MetricsReader } from '../metrics/metrics-reader.service.js';
import type { PageWeekReach } from '../metrics/numbers.js';
import type { Facts, FactSource, ShareFact } from './measuring/facts.js';
import { sundayOf } from './measuring/reach-week.js';
import { OtherFacts, type OtherFactsWanted } from './other-facts.service.js';

/** Whom pages reached, by the weeks that networks have told. Of the other sources nobody tells yet. */
@Injectable()
export class ReachFacts extends OtherFacts {
  constructor(private readonly numbers: MetricsReader) {
    super();
  }

  async read(tx: Tx, sources: readonly FactSource[], wanted: OtherFactsWanted): Promise<Facts> {
    if (!sources.includes('reach')) return {};
    const { contractorId, pageIds } = wanted;
    const [from, until] = [wanted.from, wanted.until].map((at) => at.toISOString().slice(0, 10)) as [string, string];
    const weeks = await this.numbers.weeksOf(tx, { contractorId, pageIds, from, until });
    return { reach: weeks.flatMap(asFact) };
  }
}

/** A week whose subscribers nobody knows makes no share. */
function asFact({ pageId, endsOn, reach, members }: PageWeekReach): ShareFact[] {
  if (members === null || members === 0) return [];
  const days = `${russianDay(addDays(endsOn, -6))}–${russianDay(endsOn)}`;
  const title = `Охват за неделю ${days}: ${reach}, подписчиков ${members}`;
  return [{ id: `${pageId}.${endsOn}`, title, url: null, at: sundayOf(endsOn), part: reach, whole: members, of: pageId }];
}
