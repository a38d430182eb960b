// What the files of a frozen report cost: PDF and XLSX of a month of ten pages, sixty posts and thirty days of numbers.
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { canonical } from '../dist/src/modules/reports/document/canonical-json.js';
import { everyDay } from '../dist/src/platform/clock/days.js';
import { daysBefore, weeksOf } from '../dist/src/modules/reports/document/days.js';
import { USUAL_LOOK } from '../dist/src/modules/reports/document/look.js';
import { thawedReport } from '../dist/src/modules/reports/document/report-document.js';
import { pdfFiles } from '../dist/src/modules/reports/renderings/pdf-files.js';
import { Typesetter } from '../dist/src/modules/reports/renderings/typesetter.service.js';
import { workbookOf } from '../dist/src/modules/reports/renderings/workbook.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const DAYS = { startsOn: '2026-11-01', endsOn: '2026-11-30' };
const [PAGES, POSTS] = [10, 60];

/** As many as a worker of production makes at a time. */
const AT_ONCE = 2;
const [EACH, MIB] = [100, 1024 * 1024];

/** @param reports how many; a thousand if nobody says */
export async function measureReports(_, reports = '1000') {
  const typesetter = new Typesetter();
  try {
    await render(typesetter, -1);
    for (let made = 0; made < Number(reports); made += EACH) {
      const each = Math.min(EACH, Number(reports) - made);
      const [began, cpu] = [performance.now(), process.cpuUsage()];
      const bytes = await renderMany(typesetter, made, each);
      const [took, { user, system }] = [performance.now() - began, process.cpuUsage(cpu)];
      const perMinute = (60_000 * each) / ((user + system) / 1_000);
      const line = `${each} reports: ${(took / each).toFixed(0)} ms each, ${perMinute.toFixed(0)} a minute of one core`;
      process.stdout.write(`${line}, ${(bytes / each / 1024).toFixed(0)} KiB each, ${memory()}\n`);
    }
  } finally {
    typesetter.onApplicationShutdown();
  }
}

async function renderMany(typesetter, first, count) {
  let [next, bytes] = [0, 0];
  const lane = async () => {
    while (next < count) {
      const made = await render(typesetter, first + next++);
      bytes += made;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return bytes;
}

/** What is still held when everything has been thrown away that may be; and of the whole process, with typst's thread. */
function memory() {
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  const [held, outside, all] = [heapUsed, external, rss].map((bytes) => (bytes / MIB).toFixed(0));
  return `${held} MiB on the heap and ${outside} MiB beside it are held, ${all} MiB in all`;
}

async function render(typesetter, number) {
  const { text, sha256 } = canonical(aReport(number));
  const report = thawedReport(text);
  const pdf = await typesetter.pdf(pdfFiles(report, sha256));
  const workbook = await workbookOf(report, sha256);
  return pdf.byteLength + workbook.byteLength;
}

function aReport(number) {
  const party = { name: `Администрация района № ${number}`, inn: '7707083893', kpp: '770701001', ogrn: '1027700132195' };
  const pages = Array.from({ length: PAGES }, (_, i) => aPage(i));
  const posts = Array.from({ length: POSTS }, (_, i) => aPost(number, i));
  const totals = {
    planned: 60,
    done: 58,
    scheduled: 0,
    atRisk: 0,
    impossibleOn: null,
    missed: 1,
    excused: 1,
    periodsWithoutSource: 0,
  };
  return {
    ...{ format: 1, generator: 'bench', cutOffAt: '2026-12-02T22:00:00.000Z', look: USUAL_LOOK },
    numbersAsOf: '2026-12-02T21:59:00.000Z',
    report: { id: `report-${number}`, version: 1, reason: null, kind: 'monthly' },
    period: { ...DAYS, timeZone: 'Asia/Kamchatka', weeks: weeksOf(DAYS) },
    before: daysBefore(DAYS),
    client: { ...party, id: 'client', shortName: null, address: null },
    contractor: party,
    contract: {
      id: 'c',
      number: `${number}`,
      concludedOn: '2026-01-10',
      subject: 'Ведение страниц',
      version: 1,
      procurementCode: null,
      registryNumber: null,
    },
    ...{ pages, posts, planFact: { totals, lines: pages.map((_, i) => aLine(posts.slice(i * 6, i * 6 + 6))) } },
    numbers: {
      told: true,
      posts: posts.map(numbersOf),
      pages: pages.map(({ id }) => ({ pageId: id, days: days(), daysBefore: days() })),
    },
    compliance: {
      told: true,
      days: pages.flatMap(({ id }) =>
        everyDay(DAYS.startsOn, DAYS.endsOn).map((day) => ({ pageId: id, day, points: 80, outOf: 100, model: 1 })),
      ),
    },
    conversations: { told: false, why: 'notCollectedYet' },
    events: { told: false, why: 'notCollectedYet' },
    ...{ incidents: [], excuses: [] },
  };
}

const aPage = (i) => ({
  id: `page-${i}`,
  network: i % 2 ? 'ok' : 'vk',
  name: `Страница ${i}`,
  url: `https://vk.com/club${i}`,
  posts: 6,
  postsBefore: 5,
});
const days = () =>
  everyDay(DAYS.startsOn, DAYS.endsOn).map((day, i) => ({
    ...{ day, members: 4_000 + i, reach: 300 + i, views: 500 + i },
    ...{ likes: 20, comments: 4, reposts: 2 },
  }));
const numbersOf = ({ id }, i) => ({
  id,
  takenAt: '2026-12-02T20:00:00.000Z',
  views: 1_000 + i,
  reach: 900,
  likes: i,
  comments: 3,
  reposts: 2,
});

function aPost(number, i) {
  const day = String(1 + (i % 30)).padStart(2, '0');
  const page = i % PAGES;
  return {
    ...{ id: `post-${i}`, kind: 'publication', postId: `p-${i}`, pageId: `page-${page}`, network: page % 2 ? 'ok' : 'vk' },
    ...{ title: `День посёлка № ${number}-${i}: ждём всех на площади`, url: `https://vk.com/wall-1_${i}`, isDouble: false },
    ...{
      at: `2026-11-${day}T00:00:00.000Z`,
      local: `2026-11-${day}T12:00:00`,
      standing: 'stands',
      origin: 'own',
      formats: ['photo'],
    },
    contentSha256: String(i).padStart(64, '0'),
  };
}

function aLine(posts) {
  const counted = posts.map(({ id, kind, title, url, at }) => ({ id, kind, title, url, at }));
  return {
    ...{
      requirement: 'posts',
      title: 'Не менее 6 публикаций в месяц',
      kind: 'posts',
      rule: 'Не меньше 6 публикаций',
      ...DAYS,
      dueOn: DAYS.endsOn,
    },
    ...{ state: 'done', planned: 6, done: 6, missed: 0, excused: 0, measured: null, endsHere: true, counted, notCounted: [] },
  };
}
