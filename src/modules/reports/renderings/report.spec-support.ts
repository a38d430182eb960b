import { canonical } from '../document/canonical-json.js';
import { everyDay } from '../../../platform/clock/days.js';
import { type Days, daysBefore, weeksOf } from '../document/days.js';
import { USUAL_LOOK } from '../document/look.js';
import type { ReportDocument, ReportIncident, ReportLine, ReportPage, ReportPost } from '../document/report-document.js';
import type { DayScore } from '../document/report-numbers.js';

const DAYS = { startsOn: '2026-11-01', endsOn: '2026-11-30' };
const PAGES = ['vk', 'ok'] as const;

const id = (number: number): string => `019b76da-a800-7000-8000-${String(number).padStart(12, '0')}`;

/** A month of two pages, with every kind of thing that a report tells. */
export function aReport(changes: Partial<ReportDocument> = {}): ReportDocument {
  const posts = Array.from({ length: 14 }, (_, i) => aPost(i));
  const published = posts.filter(({ kind }) => kind === 'publication');
  return {
    ...{ format: 1, generator: 'vestnik-reports/1', cutOffAt: '2026-12-02T22:00:00.000Z', look: USUAL_LOOK },
    numbersAsOf: '2026-12-02T21:59:00.000Z',
    report: { id: id(1), version: 1, reason: null, kind: 'monthly' },
    period: { ...DAYS, timeZone: 'Asia/Kamchatka', weeks: weeksOf(DAYS) },
    before: daysBefore(DAYS),
    ...parties(),
    pages: [aPage(0, 7, 5), aPage(1, 6, 6)],
    planFact: planFact(posts),
    posts,
    numbers: { told: true, posts: published.map(numbersOf), pages: PAGES.map((_, i) => pageNumbers(i)) },
    compliance: { told: true, days: PAGES.flatMap((_, page) => scores(page)) },
    conversations: { told: false, why: 'notCollectedYet' },
    events: { told: false, why: 'notCollectedYet' },
    incidents: incidents(),
    excuses: [
      {
        ...{
          id: id(95),
          requirement: 'posts-vk',
          cause: 'clientDelay',
          causedBy: 'Пресс-служба',
          reason: 'Не согласовано в срок',
        },
        ...{ startsOn: '2026-11-10', endsOn: '2026-11-12', evidence: [{ title: 'Письмо от 10.11.2026 № 15', url: null }] },
      },
    ],
    ...changes,
  };
}

function parties(): Pick<ReportDocument, 'client' | 'contractor' | 'contract'> {
  return {
    client: {
      ...{ id: id(2), name: 'Администрация Елизовского муниципального района', shortName: null, inn: '7707083893' },
      ...{ kpp: '070701001', ogrn: '1027700132195', address: '684000, Камчатский край, г. Елизово, ул. Ленина, 10' },
    },
    contractor: { name: 'ООО «Открытый город»', inn: '7707083893', kpp: '770701001', ogrn: '1027700132195' },
    contract: {
      ...{ id: id(3), number: '12-ГК/2026', concludedOn: '2026-01-10', version: 2, registryNumber: null },
      ...{ subject: 'Ведение официальных страниц в социальных сетях', procurementCode: '263770708389377070100100010017021244' },
    },
  };
}

function aPage(page: number, posts: number, postsBefore: number): ReportPage {
  const urls = ['https://vk.com/club300000001', 'https://ok.ru/group/60000000000001'];
  return { id: id(11 + page), network: PAGES[page]!, name: 'Елизовский район', url: urls[page]!, posts, postsBefore };
}

function planFact(posts: readonly ReportPost[]): ReportDocument['planFact'] {
  return {
    totals: { planned: 8, done: 6, scheduled: 0, atRisk: 0, impossibleOn: null, missed: 1, excused: 1, periodsWithoutSource: 1 },
    lines: [
      aLine({ startsOn: '2026-11-02', endsOn: '2026-11-08' }, 'done', posts.slice(0, 3)),
      aLine({ startsOn: '2026-11-09', endsOn: '2026-11-15' }, 'missed', posts.slice(3, 5)),
      aLine({ startsOn: '2026-11-30', endsOn: '2026-12-06' }, 'open', []),
    ],
  };
}

function scores(page: number): DayScore[] {
  return everyDay(DAYS.startsOn, DAYS.endsOn)
    .map((day, i) => ({ pageId: id(11 + page), day, points: i === 8 ? 15 : 70 + ((i + page) % 4) * 10, outOf: 100, model: 1 }))
    .filter(isTold);
}

function incidents(): ReportIncident[] {
  return [
    {
      ...{ kind: 'held', id: id(90), pageId: id(11), at: '2026-11-10T00:00:00.000Z', endedAt: null, code: 'not-approved' },
      cause: 'Согласованной версии больше нет: пост изменили или согласование отозвали',
    },
    {
      ...{ kind: 'late', id: id(91), pageId: id(12), at: '2026-11-12T00:00:00.000Z', endedAt: '2026-11-12T01:20:00.000Z' },
      ...{ code: null, cause: 'Публикация вышла позже назначенного времени' },
    },
  ];
}

export function sampleSha256(report: ReportDocument): string {
  return canonical(report).sha256;
}

function aPost(i: number): ReportPost {
  const [page, day] = [i % 2, String(2 + i * 2).padStart(2, '0')];
  const isOutside = i === 13;
  return {
    ...{
      id: id(100 + i),
      kind: isOutside ? 'outsidePost' : 'publication',
      postId: isOutside ? null : id(200 + i),
      pageId: id(11 + page),
    },
    ...{
      network: PAGES[page]!,
      url: page === 0 ? `https://vk.com/wall-300000001_${i + 1}` : `https://ok.ru/group/60000000000001/topic/${15_600_000 + i}`,
    },
    title: isOutside
      ? null
      : i === 3
        ? '=HYPERLINK("https://evil.example";"Нажмите")'
        : `День посёлка № ${i + 1}: ждём всех на площади`,
    ...{ at: `2026-11-${day}T00:00:00.000Z`, local: `2026-11-${day}T12:00:00`, standing: i === 5 ? 'deleted' : 'stands' },
    ...{
      origin: isOutside ? 'contractorByHand' : 'own',
      isDouble: false,
      formats: i % 3 === 0 ? ['photo'] : i % 3 === 1 ? ['video', 'link'] : [],
    },
    contentSha256: isOutside ? null : String(i).padStart(2, '0').repeat(32),
  };
}

function aLine({ startsOn, endsOn }: Days, state: ReportLine['state'], posts: readonly ReportPost[]): ReportLine {
  const evidence = posts.map(({ id: of, kind, title, url, at }) => ({ id: of, kind, title, url, at }));
  return {
    ...{
      requirement: 'posts-vk',
      title: 'Не менее 3 публикаций в неделю',
      kind: 'posts',
      rule: 'Не меньше 3 публикаций в неделю: ВКонтакте',
    },
    ...{ startsOn, endsOn, dueOn: endsOn, state, planned: 3, done: posts.length, missed: state === 'missed' ? 1 : 0, excused: 0 },
    ...{ measured: null, endsHere: endsOn <= DAYS.endsOn, counted: evidence, notCounted: [] },
  };
}

/** The last one's reach and reposts are not told. */
function numbersOf({ id: of }: ReportPost, i: number) {
  const isTold = i < 12;
  return {
    ...{ id: of, takenAt: '2026-12-02T20:00:00.000Z', views: 1_200 + i * 340, reach: isTold ? 900 + i * 250 : null },
    ...{ likes: 20 + i, comments: i, reposts: isTold ? 2 * i : null },
  };
}

/** Nobody told of three days in the middle of the month. */
function isTold({ day }: { day: string }): boolean {
  return day < '2026-11-17' || day > '2026-11-19';
}

function pageNumbers(page: number) {
  const day = (date: string, i: number) => ({
    day: date,
    members: 4_000 + page * 500 + i * 3,
    reach: 300 + i * 10 + ((i + 40) % 6) * 25,
    views: 500 + i * 12,
    likes: 20 + ((i + 40) % 7) * 5,
    comments: 4 + ((i + 40) % 5),
    reposts: page === 0 ? (i + 40) % 4 : null,
  });
  const before = daysBefore(DAYS);
  return {
    pageId: id(11 + page),
    days: everyDay(DAYS.startsOn, DAYS.endsOn).map(day).filter(isTold),
    daysBefore: everyDay(before.startsOn, before.endsOn).map((date, i) => day(date, i - 31)),
  };
}
