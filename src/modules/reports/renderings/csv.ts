import { csvCell } from '../../../platform/text/spreadsheet.js';
import type { ReportDocument } from '../document/report-document.js';

const HEADS = [
  ...['id', 'kind', 'published_at', 'published_local', 'network', 'page_id', 'page', 'title', 'url', 'standing', 'origin'],
  ...['formats', 'content_sha256', 'views', 'reach', 'likes', 'comments', 'reposts'],
] as const;

/** For programs of spreadsheets, which else read Cyrillic as nonsense. */
const BOM = '\u{feff}';

/** The posts of a report as CSV: `;`, UTF-8 with BOM, stable English keys, ISO instants; what is not known is empty. */
export function csvOf({ posts, pages, numbers }: ReportDocument): string {
  const names = new Map(pages.map(({ id, name, url }) => [id, name ?? url]));
  const told = new Map(numbers.told ? numbers.posts.map((one) => [one.id, one]) : []);
  const rows = posts.map((post) => {
    const { id, kind, at, local, network, pageId, title, url, standing, origin, formats, contentSha256 } = post;
    const { views, reach, likes, comments, reposts } = told.get(id) ?? {};
    return [
      ...[
        id,
        kind,
        at,
        local,
        network,
        pageId,
        names.get(pageId),
        title,
        url,
        standing,
        origin,
        formats.join(','),
        contentSha256,
      ],
      ...[views, reach, likes, comments, reposts],
    ];
  });
  return BOM + [HEADS, ...rows].map((row) => `${row.map(cell).join(';')}\r\n`).join('');
}

function cell(value: string | number | null | undefined): string {
  return typeof value === 'string' ? csvCell(value) : String(value ?? '');
}
