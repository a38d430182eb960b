import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { extractText, getDocumentProxy } from 'unpdf';
import { csvOf } from './csv.js';
import { pdfFiles } from './pdf-files.js';
import { aReport, sampleSha256 } from './report.spec-support.js';
import { Typesetter } from './typesetter.service.js';
import { webPageOf } from './web-page.js';
import { workbookOf } from './workbook.js';

const REPORT = aReport();
const SHA256 = sampleSha256(REPORT);
const NOBODY_TELLS = aReport({
  numbers: { told: false, why: 'nothingCollected' },
  compliance: { told: false, why: 'nothingCollected' },
});

/** What a rendering said when somebody looked at it. With UPDATE_GOLDENS=1 it is written anew: look at it then. */
function golden(name: string, now: string): string {
  const file = new URL(`./goldens/${name}`, import.meta.url);
  if (process.env.UPDATE_GOLDENS) writeFileSync(file, now);
  return readFileSync(file, 'utf8');
}

async function cellsOf(bytes: Buffer): Promise<string> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer);
  const lines = book.worksheets.flatMap((sheet) => {
    const rows: string[] = [`# ${sheet.name}`];
    sheet.eachRow((row) => rows.push(JSON.stringify((row.values as unknown[]).slice(1).map((value) => value ?? null))));
    return rows;
  });
  return `${lines.join('\n')}\n`;
}

async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)));
  return text;
}

describe('the PDF of a report', () => {
  const typesetter = new Typesetter();
  const pdfOf = (report = REPORT) => typesetter.pdf(pdfFiles(report, SHA256));

  it('says what it said when somebody looked at it', async () => {
    const text = (await pagesOf(await pdfOf())).join('\n\f\n');
    expect(`${text}\n`).toBe(golden('report.pdf.txt', `${text}\n`));
  });

  it('is the same bytes of the same document, made by whichever thread', async () => {
    const other = new Typesetter();
    const [first, second] = [await pdfOf(), await other.pdf(pdfFiles(REPORT, SHA256))];
    other.onApplicationShutdown();
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it('says so where nobody tells', async () => {
    const text = (await pagesOf(await pdfOf(NOBODY_TELLS))).join(' ');
    expect(text).toContain('За период сведений не собрано. Отсутствие сведений не означает нулевых значений.');
  });

  it('takes no text for markup', async () => {
    const evil = '#panic("x") $x$ *жирный* [скобки] #import "/etc/passwd" \\ @ссылка';
    const [post] = REPORT.posts;
    const text = (await pagesOf(await pdfOf(aReport({ posts: [{ ...post!, title: evil }] })))).join(' ');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('#panic("x") $x$ *жирный* [скобки]');
  });

  it('keeps a word that is longer than its column within it, and shows what people write between words', async () => {
    const [post] = REPORT.posts;
    const word = 'рентгеноэлектрокардиографического'.repeat(4);
    const titles = [word, 'Ёлка 🎄 и «кавычки» — 10\u00a0000 ₽'];
    const pdf = await pdfOf(aReport({ posts: titles.map((title, i) => ({ ...post!, id: `${i}`, title })) }));
    const text = (await pagesOf(pdf)).join(' ');
    expect(text.replaceAll(/[\s\u200b]/g, '')).toContain(word);
    expect(text.split(/\s/).filter((part) => part.includes('рентген') && part.length > 60)).toEqual([]);
    expect(text).toContain('🎄');
    expect(text).toContain('«кавычки» — 10');
  });

  it('is made of a report in which nothing happened, and says so', async () => {
    const nothing = { planFact: { totals: REPORT.planFact.totals, lines: [] }, pages: [], posts: [], incidents: [], excuses: [] };
    const told = { numbers: { told: true, posts: [], pages: [] }, compliance: { told: true, days: [] } } as const;
    const text = (await pagesOf(await pdfOf(aReport({ ...nothing, ...told })))).join(' ');
    expect(text).toContain('За период публикаций не было.');
    expect(text).toContain('За период подтверждений нет.');
  });

  it('has every page of a long report numbered', async () => {
    const posts = Array.from({ length: 90 }, (_, i) => ({ ...REPORT.posts[i % 13]!, id: `${i}` }));
    const pages = await pagesOf(await pdfOf(aReport({ posts })));
    expect(pages.length).toBeGreaterThan(4);
    pages.forEach((page, i) => expect(page).toContain(`Страница ${i + 1} из ${pages.length}`));
  });

  it('gives up its thread when the process stops', () => typesetter.onApplicationShutdown());
});

describe('the workbook of a report', () => {
  it('has in its cells what it had when somebody looked at it', async () => {
    const cells = await cellsOf(await workbookOf(REPORT, SHA256));
    expect(cells).toBe(golden('report.xlsx.txt', cells));
  });

  it('is the same bytes of the same document', async () => {
    const first = await workbookOf(REPORT, SHA256);
    expect((await workbookOf(aReport(), SHA256)).equals(first)).toBe(true);
  });

  it('keeps identifiers as texts, numbers as numbers, and runs nothing', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await workbookOf(REPORT, SHA256)) as unknown as ArrayBuffer);
    const values = book.worksheets.flatMap((sheet) => {
      const found: unknown[] = [];
      sheet.eachRow((row) => row.eachCell(({ value }) => found.push(value)));
      return found;
    });
    expect(values).toContain('070701001');
    expect(values).toContain(22_680);
    expect(values.filter((value) => typeof value === 'string' && /^[=+\-@]/.test(value))).toEqual([]);
    expect(values.filter((value) => typeof value === 'object')).toEqual([]);
  });

  it('leaves empty what nobody tells', async () => {
    const cells = await cellsOf(await workbookOf(NOBODY_TELLS, SHA256));
    expect(cells).toContain('["За период сведений не собрано. Отсутствие сведений не означает нулевых значений."]');
    expect(cells).toContain('["ВКонтакте","Елизовский район","https://vk.com/club300000001"]');
  });
});

describe('the CSV of a report', () => {
  it('is what it was when somebody looked at it, byte by byte', () => {
    expect(csvOf(REPORT)).toBe(golden('report.csv', csvOf(REPORT)));
  });

  it('runs nothing in a spreadsheet', () => {
    expect(csvOf(REPORT)).toContain(`"'=HYPERLINK(""https://evil.example"";""Нажмите"")"`);
  });
});

describe('the page of a report', () => {
  it('is what it was when somebody looked at it', () => {
    expect(webPageOf(REPORT, SHA256)).toBe(golden('report.html', webPageOf(REPORT, SHA256)));
  });

  it.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'javascript:alert(1)'])(
    'runs nothing of %s',
    (evil) => {
      const [post] = REPORT.posts;
      const page = webPageOf(aReport({ posts: [{ ...post!, title: evil, url: evil }] }), SHA256);
      expect(page).not.toMatch(/<script|<img|href="javascript/);
    },
  );
});
