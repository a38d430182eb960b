import { endOfDay, startOfDay, wallTimeOf } from '../../../platform/clock/zones.js';
import { coverage, type CoveredInterval } from '../../contracts/contract-version.js';
import { frozenLine } from '../../fulfilment/acceptance/snapshot.js';
import type { StandingPost } from '../../fulfilment/measuring/facts.js';
import { totalsOf } from '../../fulfilment/measuring/totals.js';
import { type Days, daysBefore, weeksOf } from './days.js';
import { GENERATOR, type ReportDocument, type ReportLine, type ReportPage, type ReportPost } from './report-document.js';
import type { ReportFacts, ReportWanted } from './report-facts.js';
import { incidentsOf } from './report-incidents.js';

/** Makes the document of a report. The same facts make the same document. */
export function reportOf(wanted: ReportWanted, facts: ReportFacts): ReportDocument {
  const { contract, cutOffAt } = facts;
  const days: Days = { startsOn: wanted.startsOn, endsOn: wanted.endsOn };
  const lines = facts.lines.map((one) => reportLine(one, days));
  const posts = postsIn(facts, days);
  return {
    ...{ format: 1, generator: GENERATOR, cutOffAt: cutOffAt.toISOString(), look: facts.look },
    numbersAsOf: facts.numbersAsOf.toISOString(),
    report: { id: wanted.id, version: wanted.number, reason: wanted.reason, kind: wanted.kind },
    period: { ...days, timeZone: contract.timeZone, weeks: weeksOf(days) },
    before: daysBefore(days),
    ...parties(facts),
    pages: pagesOf(facts, posts, postsIn(facts, daysBefore(days))),
    planFact: { totals: totalsOf(facts.lines.flatMap(({ result }, i) => (lines[i]!.endsHere ? [result] : []))), lines },
    posts: posts.map((post) => reportPost(post, contract.timeZone)),
    ...numbersOf(facts, posts),
    conversations: { told: false, why: 'notCollectedYet' },
    events: eventsOf(facts),
    incidents: incidentsOf(facts),
    excuses: facts.excuses.map(({ id, requirement, cause, causedBy, reason, startsOn, endsOn, evidence }) => ({
      ...{ id, requirement, cause, causedBy, reason, startsOn, endsOn },
      evidence: evidence.map(({ title, url }) => ({ title, url })),
    })),
  };
}

/** Somebody tells of events if a requirement of them could be judged. */
function eventsOf({ lines }: ReportFacts): ReportDocument['events'] {
  const isTold = lines.some(({ line, result }) => line.requirement.kind === 'eventPost' && result.state !== 'noSource');
  return isTold ? { told: true } : { told: false, why: 'notCollectedYet' };
}

/** The days of a period as instants, half-open. */
export function instantsOf({ startsOn, endsOn }: Days, timeZone: string): { from: Date; until: Date } {
  return { from: startOfDay(startsOn, timeZone), until: endOfDay(endsOn, timeZone) };
}

function parties({
  client,
  contractor,
  contract,
  versions,
}: ReportFacts): Pick<ReportDocument, 'client' | 'contractor' | 'contract'> {
  const newest = versions.at(-1)!;
  const { customer, contractor: agency } = newest.requisites;
  return {
    client: {
      ...{ id: client.id, shortName: client.shortName, name: customer.name },
      ...{ inn: customer.inn, kpp: customer.kpp, ogrn: customer.ogrn, address: customer.address },
    },
    contractor: { name: agency.name || contractor.name, inn: agency.inn, kpp: agency.kpp, ogrn: agency.ogrn },
    contract: {
      ...{ id: contract.id, number: contract.number, concludedOn: contract.concludedOn },
      ...{ subject: newest.subject, version: newest.number },
      procurementCode: newest.clauses.procurementCode,
      registryNumber: newest.clauses.registryNumber,
    },
  };
}

/** What was published on covered pages in the days, by us or by hand; not what visitors wrote. */
function postsIn({ posts, versions, contract, cutOffAt }: ReportFacts, days: Days): StandingPost[] {
  const { from, until } = instantsOf(days, contract.timeZone);
  const covered = coverage(versions, contract.timeZone);
  const isOurs = ({ at, byPage, standing }: StandingPost) => byPage && standing !== 'scheduled' && at <= cutOffAt;
  return posts.filter((post) => isOurs(post) && from <= post.at && post.at < until && isCovered(covered, post));
}

function isCovered(covered: readonly CoveredInterval[], { pageId, at }: StandingPost): boolean {
  return covered.some((one) => one.pageId === pageId && one.from <= at && at < one.until);
}

function pagesOf({ pages }: ReportFacts, posts: readonly StandingPost[], before: readonly StandingPost[]): ReportPage[] {
  const standing = (of: readonly StandingPost[], id: string) =>
    of.filter((post) => post.pageId === id && post.standing === 'stands').length;
  return pages.map(({ id, network, name, url }) => ({
    ...{ id, network, name, url, posts: standing(posts, id), postsBefore: standing(before, id) },
  }));
}

function reportLine({ line, result }: ReportFacts['lines'][number], { endsOn }: Days): ReportLine {
  const { counted, notCounted, ...frozen } = frozenLine(line, result);
  return {
    ...frozen,
    endsHere: frozen.endsOn <= endsOn,
    counted: counted.map((one) => ({ ...one, at: one.at.toISOString() })),
    notCounted: notCounted.map((one) => ({ ...one, at: one.at.toISOString() })),
  };
}

function reportPost(post: StandingPost, timeZone: string): ReportPost {
  const { id, kind, postId, pageId, network, title, url, at, standing, origin, isDouble, formats, contentHash } = post;
  return {
    ...{ id, kind, postId, pageId, network, title, url, origin, isDouble, formats: [...formats], contentSha256: contentHash },
    ...{ at: at.toISOString(), local: wallTimeOf(at, timeZone), standing: standing === 'deleted' ? 'deleted' : 'stands' },
  };
}

function numbersOf({ numbers }: ReportFacts, posts: readonly StandingPost[]): Pick<ReportDocument, 'numbers' | 'compliance'> {
  const nothing = { told: false, why: 'nothingCollected' } as const;
  const mine = new Set(posts.map(({ id }) => id));
  const ofPosts = numbers.posts.filter(({ id }) => mine.has(id));
  const isKnown = ofPosts.length > 0 || numbers.pages.some(({ days }) => days.length > 0);
  return {
    numbers: isKnown ? { told: true, posts: ofPosts, pages: numbers.pages } : nothing,
    compliance: numbers.compliance.length > 0 ? { told: true, days: numbers.compliance } : nothing,
  };
}
