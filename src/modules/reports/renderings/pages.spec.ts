import { readFileSync, writeFileSync } from 'node:fs';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { sha256 } from '../document/canonical-json.js';
import type { LogoPicture } from '../document/logo.js';
import { differenceOf, drawnPages, type PagePicture, readPages, shrunk } from './page-pictures.spec-support.js';
import { type PdfFiles, pdfFiles } from './pdf-files.js';
import { aReport, sampleSha256 } from './report.spec-support.js';
import { Typesetter } from './typesetter.service.js';
import { webPageOf } from './web-page.js';

const REPORT = aReport();
const SHA256 = sampleSha256(REPORT);
const USUAL = pdfFiles(REPORT, SHA256);
const GOLDEN = new URL('./goldens/report.pages.txt', import.meta.url);

/** A margin moved by 1 mm changes 0.013 of a page, a chart that is not drawn 0.019, a thicker hair nothing. */
const MOST = { changed: 0.005, mean: 2.5 };

const withTemplate = (from: string, to: string): PdfFiles => {
  if (!USUAL.template.includes(from)) throw new Error(`The template doesn’t say ${from}`);
  return { ...USUAL, template: USUAL.template.replaceAll(from, to) };
};
const withFile = (name: string, text: string): PdfFiles => ({
  ...USUAL,
  files: USUAL.files.map(([of, bytes]) => [of, of === name ? new TextEncoder().encode(text) : bytes] as const),
});
const EMPTY_CHART = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 176"></svg>';

/** PDFium is the same program on every machine. */
async function picturesOf(pdf: Uint8Array): Promise<PagePicture[]> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  try {
    const pictures: PagePicture[] = [];
    for (const page of document.pages()) {
      const { width, height, data } = await page.render({ scale: 1, render: 'bitmap', colorSpace: 'Gray' });
      pictures.push(shrunk(data, width, height));
    }
    return pictures;
  } finally {
    document.destroy();
    library.destroy();
  }
}

/** Dark, three times as wide as high. */
async function aLogo(): Promise<LogoPicture> {
  const bytes = await sharp({ create: { width: 300, height: 100, channels: 4, background: '#203040' } })
    .png()
    .toBuffer();
  return { sha256: sha256(bytes), type: 'image/png', width: 300, height: 100, bytes };
}

describe('the pages of a report, looked at', () => {
  const typesetter = new Typesetter();
  let golden: readonly PagePicture[];

  const looked = async (files: PdfFiles): Promise<PagePicture[]> => picturesOf(await typesetter.pdf(files));
  const looksAsUsual = async (files: PdfFiles): Promise<boolean> => {
    const pages = await looked(files);
    const differences = golden.map((page, i) => differenceOf(page, pages[i] ?? []));
    return (
      pages.length === golden.length && differences.every(({ changed, mean }) => changed <= MOST.changed && mean <= MOST.mean)
    );
  };

  beforeAll(async () => {
    // Look at the pages themselves before you write them anew.
    if (process.env.UPDATE_GOLDENS) writeFileSync(GOLDEN, drawnPages(await looked(USUAL)));
    golden = readPages(readFileSync(GOLDEN, 'utf8'));
  });
  afterAll(() => typesetter.onApplicationShutdown());

  it('are laid out as they were when somebody looked at them', async () => {
    expect(await looksAsUsual(USUAL)).toBe(true);
  });

  it.each([
    ['a hair is thicker and darker', withTemplate('0.5pt + rgb("#c9d1d9")', '0.7pt + rgb("#b9c1c9")')],
    ['the colour is a little other', withTemplate('rgb(d.accent)', 'rgb("#205b90")')],
  ])('are still so when %s', async (_, files) => {
    expect(await looksAsUsual(files)).toBe(true);
  });

  it('show the logo above everything, as the same bytes each time', async () => {
    const logo = await aLogo();
    const files = pdfFiles(REPORT, SHA256, logo);
    const [page] = await looked(files);
    expect(page![6]!.slice(10, 20).every((light) => light < 80)).toBe(true);
    expect(await looksAsUsual(files)).toBe(false);
    expect(Buffer.compare(await typesetter.pdf(files), await typesetter.pdf(pdfFiles(REPORT, SHA256, logo)))).toBe(0);
    expect(webPageOf(REPORT, SHA256, logo)).toContain('<img class="logo" src="data:image/png;base64,iVBOR');
  });

  it.each([
    ['a margin is moved by a millimetre', withTemplate('left: 22mm', 'left: 23mm')],
    ['a chart is left out', withTemplate('#chart("posts")', '')],
    ['a chart has its place and nothing is drawn there', withFile('reach.svg', EMPTY_CHART)],
    ['the words of tables are larger', withTemplate('size: 8.2pt', 'size: 8.4pt')],
    ['columns have other widths', withTemplate('columns: columns,', 'columns: columns.map(_ => 1fr),')],
    ['the last page is missing', withTemplate('#let evidence() = [', '#let evidence() = if true [] else [')],
  ])('are seen not to be so when %s', async (_, files) => {
    expect(await looksAsUsual(files)).toBe(false);
  });
});
