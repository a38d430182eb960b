import { drawing, gridLines, INK, round, said, type Scale, scaleFor, text } from './svg.js';

export interface Series {
  readonly name: string;
  /** Null: not known. */
  readonly values: readonly (number | null)[];
}

export interface BarChart {
  readonly title: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** What a bar counts: `человек`. */
  readonly unit: string;
  /** `#rrggbb`, of the first series. */
  readonly accent: string;
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [520, 166, 34, 38, 24];
/** Full, hatched, dotted, empty: with a border each. */
const FILLS = ['accent', 'url(#hatch)', 'url(#dots)', '#ffffff'];
/** On a narrower bar its number stands upright. */
const NARROW = 20;

interface Bar {
  readonly x: number;
  readonly width: number;
  readonly value: number | null;
  readonly fill: string;
}

/** Bars side by side, each with its number; a value that is not known has no bar and a dash. */
export function barChart({ title, labels, series, unit, accent }: BarChart): string {
  const scale = scaleFor(
    series.flatMap(({ values }) => values),
    unit,
  );
  const [group, plot] = [(WIDTH - LEFT) / Math.max(1, labels.length), HEIGHT - TOP - BOTTOM];
  const bar = Math.min(34, (group * 0.7) / series.length);
  const y = (value: number): number => round(TOP + plot * (1 - value / scale.top));
  const bars = labels.flatMap((_, i) =>
    series.map(({ values }, s) => {
      const x = round(LEFT + group * i + (group - bar * series.length) / 2 + bar * s);
      return barOf({ x, width: round(bar - 2), value: values[i] ?? null, fill: fillOf(s, accent) }, y, scale);
    }),
  );
  const names = labels.map((label, i) =>
    text(round(LEFT + group * (i + 0.5)), HEIGHT - BOTTOM + 13, label, { anchor: 'middle' }),
  );
  const parts = [...gridLines(scale, { left: LEFT, width: WIDTH, y }), ...bars, ...names, ...legend(series, accent)];
  return drawing({ width: WIDTH, height: HEIGHT, title, accent, parts });
}

function barOf({ x, width, value, fill }: Bar, y: (value: number) => number, scale: Scale): string {
  const [top, middle] = [y(value ?? 0), round(x + width / 2)];
  const words = value === null ? '—' : said(value, scale);
  const label =
    width < NARROW
      ? text(round(middle + 3), round(top - 4), words, { turned: -90, isOnTop: true })
      : text(middle, round(top - 3), words, { anchor: 'middle', isOnTop: true });
  if (!value) return label;
  return `<rect x="${x}" y="${top}" width="${width}" height="${round(y(0) - top)}" fill="${fill}" stroke="${INK}" stroke-width="0.6"/>${label}`;
}

function legend(series: readonly Series[], accent: string): string[] {
  const width = (WIDTH - LEFT) / Math.max(3, series.length);
  return series.map(({ name }, i) => {
    const x = round(LEFT + i * width);
    return `<rect x="${x}" y="${HEIGHT - 15}" width="10" height="10" fill="${fillOf(i, accent)}" stroke="${INK}" stroke-width="0.6"/>${text(x + 15, HEIGHT - 7, name)}`;
  });
}

function fillOf(series: number, accent: string): string {
  const fill = FILLS[series % FILLS.length]!;
  return fill === 'accent' ? accent : fill;
}
