import type { PostFormat, RequirementEach } from '../../contracts/requirement.js';
import { endOfDay, startOfDay } from '../../../platform/clock/zones.js';
import type { Evidence, PostFact } from './facts.js';
import type { Line, NotCounted } from './line.js';

const FOREIGN: Readonly<Record<Exclude<PostFact['origin'], 'own' | 'contractorByHand'>, string>> = {
  client: 'Опубликовал заказчик: засчитываются только публикации исполнителя',
  regionalBroadcast: 'Региональная рассылка: засчитываются только публикации исполнителя',
  unknown: 'Не указано, кто опубликовал запись',
};

const WITHOUT: Readonly<Record<PostFormat, string>> = {
  photo: 'В публикации нет фотографий',
  video: 'В публикации нет видео',
  document: 'В публикации нет документа',
  poll: 'В публикации нет опроса',
  link: 'В публикации нет ссылки',
};

export interface Sorted {
  readonly counted: readonly PostFact[];
  readonly scheduled: readonly PostFact[];
  readonly notCounted: readonly NotCounted[];
}

/** The posts of a line's pages and days: those that count, those that will, and those that don't, each with the first reason against it. */
export function sortPosts(line: Line, facts: readonly PostFact[]): Sorted {
  const taken = new Set<string>();
  const counted: PostFact[] = [];
  const scheduled: PostFact[] = [];
  const notCounted: NotCounted[] = [];
  for (const fact of mine(line, facts)) {
    const reason = against(line, fact) ?? takenBefore(line, fact, taken);
    if (reason !== undefined) notCounted.push({ ...asEvidence(fact), reason });
    else (fact.standing === 'scheduled' ? scheduled : counted).push(fact);
  }
  return { counted, scheduled, notCounted };
}

export function asEvidence({ id, kind, title, url, at }: PostFact): Evidence {
  return { id, kind, title, url, at };
}

export function unitOf(each: RequirementEach, { network, pageId }: PostFact): string {
  if (each === 'together') return 'together';
  return each === 'network' ? network : pageId;
}

/** What was published goes before what is scheduled, the earlier before the later: the order in which facts came makes no difference. */
function mine({ period, pages, timeZone, requirement }: Line, facts: readonly PostFact[]): PostFact[] {
  const [from, until] = [startOfDay(period.startsOn, timeZone), endOfDay(period.endsOn, timeZone)];
  const ids = new Set(pages.map(({ id }) => id));
  const { network } = requirement;
  return facts
    .filter(
      (fact) => ids.has(fact.pageId) && fact.at >= from && fact.at < until && (network === null || fact.network === network),
    )
    .sort((a, b) => rank(a) - rank(b) || a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}

function rank({ standing }: PostFact): number {
  return standing === 'scheduled' ? 1 : 0;
}

function against({ counting, requirement }: Line, fact: PostFact): string | undefined {
  if (!fact.byPage) return 'Запись посетителя страницы';
  if (fact.isDouble) return 'Повторяет уже учтённую публикацию исполнителя';
  if (fact.origin === 'contractorByHand') {
    if (!counting.postsByHand) return 'Опубликовано вручную: договор засчитывает только публикации, вышедшие через систему';
  } else if (fact.origin !== 'own') return FOREIGN[fact.origin];
  if (fact.standing === 'deleted' && counting.deletedPosts === 'never') return 'Публикация удалена';
  // Nobody has looked into what people published by hand.
  if (requirement.format !== null && fact.kind === 'outsidePost') return 'Формат записи, опубликованной вручную, неизвестен';
  const { format } = requirement;
  return format !== null && !fact.formats.includes(format) ? WITHOUT[format] : undefined;
}

function takenBefore({ counting, requirement }: Line, fact: PostFact, taken: Set<string>): string | undefined {
  if (fact.postId === null || counting.crossPosts === 'each' || requirement.each === 'page') return undefined;
  const key = `${unitOf(requirement.each, fact)} ${fact.postId}`;
  if (taken.has(key)) return 'Та же публикация уже засчитана на другой странице';
  taken.add(key);
  return undefined;
}
