import { readFileSync } from 'node:fs';
import { type LogoPicture, logoSize } from '../document/logo.js';
import type { ReportDocument } from '../document/report-document.js';
import { viewOf } from './report-view.js';

const TEMPLATE = readFileSync(new URL('report.typ', import.meta.url), 'utf8');

/** All from which a PDF follows: its template, what this reads, by name, and the instant that the PDF bears. */
export interface PdfFiles {
  readonly template: string;
  readonly files: readonly (readonly [string, Uint8Array])[];
  /** Since 1970, UTC: of the cut-off, so that the same document makes the same bytes. */
  readonly seconds: number;
}

/** The files of a report's PDF. @param logo of its look, if it has one */
export function pdfFiles(report: ReportDocument, sha256: string, logo?: LogoPicture): PdfFiles {
  const { charts, ...view } = viewOf(report, sha256);
  const { sections, intro, closing } = report.look;
  const drawn = Object.entries(charts).flatMap(([name, svg]) => (svg === null ? [] : [[name, `${name}.svg`, svg] as const]));
  const names = Object.fromEntries(drawn.map(([name, file]) => [name, file]));
  const picture = logo && { file: logo.type === 'image/png' ? 'logo.png' : 'logo.jpg', ...logoSize(logo) };
  const data = { ...view, sections, intro, closing, charts: names, logo: picture ?? null };
  return {
    template: TEMPLATE,
    files: [
      ['data.json', utf8(JSON.stringify(data))],
      ...drawn.map(([, file, svg]) => [file, utf8(svg)] as const),
      ...(picture && logo ? [[picture.file, logo.bytes] as const] : []),
    ],
    seconds: Math.floor(new Date(report.cutOffAt).getTime() / 1_000),
  };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
