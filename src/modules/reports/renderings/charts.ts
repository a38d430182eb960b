/** Charts as SVG. They are read in black and white too: series differ by hatching, and every bar says its number. */

export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface BarChart {
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** `#rrggbb`, of the first series. */
  readonly accent: string;
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [520, 158, 34, 38, 14];
const FONT = 'font-family="Inter" font-size="8.5"';
/** Full, hatched, dotted, empty: with a border each. */
const FILLS = ['accent', 'url(#hatch)', 'url(#dots)', '#ffffff'];

/** Bars side by side; a value that is not known has no bar and a dash. */
export function barChart({ labels, series, accent }: BarChart): string {
  const most = niceTop(Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const [group, plot] = [(WIDTH - LEFT) / labels.length, HEIGHT - TOP - BOTTOM];
  const bar = Math.min(34, (group * 0.7) / series.length);
  const y = (value: number): number => round(TOP + plot * (1 - value / most));
  const lines = [0, 0.5, 1].map((part) => gridLine(y(most * part), shortNumber(most * part)));
  const bars = labels.flatMap((_, i) =>
    series.map(({ values }, s) => {
      const x = round(LEFT + group * i + (group - bar * series.length) / 2 + bar * s);
      return barOf({
        x,
        width: round(bar - 2),
        base: y(0),
        value: values[i] ?? null,
        top: y(values[i] ?? 0),
        fill: fillOf(s, accent),
      });
    }),
  );
  const names = labels.map((label, i) => text(round(LEFT + group * (i + 0.5)), HEIGHT - BOTTOM + 13, label, 'middle'));
  return svg([...lines, ...bars, ...names, ...legend(series, accent)], accent);
}

interface Bar {
  readonly x: number;
  readonly width: number;
  readonly base: number;
  readonly top: number;
  readonly value: number | null;
  readonly fill: string;
}

function barOf({ x, width, base, top, value, fill }: Bar): string {
  const label = text(round(x + width / 2), round(top - 3), value === null ? '—' : shortNumber(value), 'middle');
  if (!value) return label;
  return `<rect x="${x}" y="${top}" width="${width}" height="${round(base - top)}" fill="${fill}" stroke="#1c2733" stroke-width="0.6"/>${label}`;
}

function legend(series: readonly Series[], accent: string): string[] {
  return series.map(({ name }, i) => {
    const x = LEFT + i * 130;
    return `<rect x="${x}" y="${HEIGHT - 15}" width="10" height="10" fill="${fillOf(i, accent)}" stroke="#1c2733" stroke-width="0.6"/>${text(x + 15, HEIGHT - 7, name)}`;
  });
}

function gridLine(y: number, label: string): string {
  return `<path d="M${LEFT} ${y}H${WIDTH}" stroke="#c9d1d9" stroke-width="0.5"/>${text(LEFT - 5, round(y + 3), label, 'end')}`;
}

function svg(parts: readonly string[], accent: string): string {
  const hatch = `<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#fff"/><path d="M-1 1L1 -1M0 5L5 0M4 6L6 4" stroke="${accent}" stroke-width="1.3"/></pattern>`;
  const dots = `<pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#fff"/><circle cx="2" cy="2" r="0.9" fill="${accent}"/></pattern>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img"><defs>${hatch}${dots}</defs>${parts.join('')}</svg>`;
}

function text(x: number, y: number, words: string, anchor = 'start'): string {
  return `<text x="${x}" y="${y}" ${FONT} fill="#1c2733" text-anchor="${anchor}">${escapeMarkup(words)}</text>`;
}

export function escapeMarkup(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function fillOf(series: number, accent: string): string {
  const fill = FILLS[series % FILLS.length]!;
  return fill === 'accent' ? accent : fill;
}

/** 1, 2, 5 times a power of ten. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([1, 2, 4, 5, 10].find((step) => step * power >= most) ?? 10);
}

/** 12 400 → `12,4 тыс.` */
function shortNumber(value: number): string {
  const said = (scaled: number): string => String(Math.round(scaled * 10) / 10).replace('.', ',');
  if (value >= 1_000_000) return `${said(value / 1_000_000)} млн`;
  return value >= 10_000 ? `${said(value / 1_000)} тыс.` : said(value);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
