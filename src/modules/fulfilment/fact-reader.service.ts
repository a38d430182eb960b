import { Injectable } from '@nestjs/common';
import { endOfDay, startOfDay } from '../../platform/clock/zones.js';
import type { Tx } from '../../platform/database/work.js';
import { PostFormats } from '../content/post-formats.service.js';
import type { FactsWanted, OutsideFact } from '../publishing/publication-fact.js';
import { PublicationFacts } from '../publishing/publication-facts.service.js';
import { addDays } from '../../platform/clock/days.js';
import type { Facts, StandingPost } from './measuring/facts.js';
import type { Line } from './measuring/line.js';
import { MEASURES } from './measuring/measures.js';
import { OtherFacts } from './other-facts.service.js';

/** Plans come a month before their period, reports long after it. */
const BEFORE_DAYS = 62;
const AFTER_DAYS = 400;

/** Reads what lines need to be judged: one question to each source for all of them. */
@Injectable()
export class FactReader {
  constructor(
    private readonly publications: PublicationFacts,
    private readonly formats: PostFormats,
    private readonly others: OtherFacts,
  ) {}

  async read(tx: Tx, key: { contractorId: string; clientId: string }, lines: readonly Line[]): Promise<Facts> {
    const sources = [...new Set(lines.map(({ requirement }) => MEASURES[requirement.kind].source))];
    const elsewhere = sources.filter((source) => source !== 'publications');
    const others = elsewhere.length > 0 ? await this.others.read(tx, elsewhere, wider(key, lines)) : {};
    if (elsewhere.length === sources.length) return others;
    const counted = lines.filter(({ requirement }) => MEASURES[requirement.kind].source === 'publications');
    return { ...others, publications: await this.posts(tx, { ...key, ...hull(counted, 0, 0) }) };
  }

  /** Every post on the pages in the interval: what was published, what is to come, and what stands there besides. */
  async posts(tx: Tx, wanted: FactsWanted): Promise<StandingPost[]> {
    const ours = await this.publications.publications(tx, wanted);
    const outside = await this.publications.outsidePosts(tx, wanted);
    const makeup = await this.formats.of(tx, wanted.contractorId, ours);
    return [
      ...ours.map(({ postVersion, ...fact }): StandingPost => {
        const { title = null, formats = [] } = makeup.get(PostFormats.keyOf({ ...fact, postVersion })) ?? {};
        return { ...fact, kind: 'publication', origin: 'own', byPage: true, isDouble: false, title, formats };
      }),
      ...outside.map(asFact),
    ];
  }
}

function asFact(fact: OutsideFact): StandingPost {
  return { ...fact, contentHash: null, kind: 'outsidePost', postId: null, title: null, standing: 'stands', formats: [] };
}

function wider(key: { contractorId: string; clientId: string }, lines: readonly Line[]) {
  return { ...key, ...hull(lines, BEFORE_DAYS, AFTER_DAYS) };
}

/** All pages of the lines, from the first of their days until the last. */
function hull(lines: readonly Line[], before: number, after: number): Pick<FactsWanted, 'pageIds' | 'from' | 'until'> {
  const { timeZone } = lines[0]!;
  const first = lines.map(({ period }) => period.startsOn).reduce((a, b) => (a < b ? a : b));
  const last = lines.map(({ period }) => period.endsOn).reduce((a, b) => (a > b ? a : b));
  return {
    pageIds: [...new Set(lines.flatMap(({ pages }) => pages.map(({ id }) => id)))],
    from: startOfDay(addDays(first, -before), timeZone),
    until: endOfDay(addDays(last, after), timeZone),
  };
}
