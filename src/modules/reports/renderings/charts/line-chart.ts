import { drawing, gridLines, INK, round, said, type Scale, scaleFor, SOFT, text } from './svg.js';

export interface Line {
  readonly name: string;
  /** One of each day; null: not known. */
  readonly values: readonly (number | null)[];
}

export interface LineChart {
  readonly title: string;
  /** Of each day. */
  readonly labels: readonly string[];
  readonly now: Line;
  /** Day by day beside `now`. */
  readonly before: Line;
  /** What is counted: `человек`. */
  readonly unit: string;
  /** `#rrggbb` */
  readonly accent: string;
}

interface Point {
  readonly day: number;
  readonly value: number;
}

/** Where a value of a day stands. */
interface Places {
  readonly x: (day: number) => number;
  readonly y: (value: number) => number;
}

const [WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP] = [520, 176, 34, 14, 38, 26];
const MOST_LABELS = 10;
/** More days have no dots of their own. */
const MOST_DOTS = 62;

/**
 * Two lines over days: the period full with dots, the one before broken. A line has no way over days that are not known; those of the
 * period are hatched. The highest and the lowest day say their numbers.
 */
export function lineChart({ title, labels, now, before, unit, accent }: LineChart): string {
  const days = Math.max(now.values.length, before.values.length);
  const scale = scaleFor([...now.values, ...before.values], unit);
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, days);
  const places: Places = {
    x: (day) => round(LEFT + step * (day + 0.5)),
    y: (value) => round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / scale.top)),
  };
  const parts = [
    ...gapsOf(now.values).map(({ from, until }) => gapBand(round(LEFT + step * from), round(step * (until - from)))),
    ...gridLines(scale, { left: LEFT, width: WIDTH, y: places.y }),
    ...runsOf(before.values).map((run) => pathOf(run, places, `stroke="${SOFT}" stroke-width="1.2" stroke-dasharray="4 3"`)),
    ...runsOf(before.values).flatMap((run) => (run.length === 1 ? [dot(run[0]!, places, `fill="#fff" stroke="${SOFT}"`)] : [])),
    ...runsOf(now.values).map((run) => pathOf(run, places, `stroke="${accent}" stroke-width="1.9"`)),
    ...runsOf(now.values).flatMap((run) =>
      run.length === 1 || days <= MOST_DOTS ? run.map((point) => dot(point, places, `fill="${accent}" stroke="${accent}"`)) : [],
    ),
    ...extremes(now.values, places, scale),
    ...dayNames(labels, places),
    ...legend(now, before, accent),
  ];
  return drawing({ width: WIDTH, height: HEIGHT, title, accent, parts });
}

/** Days in a row that are known. */
export function runsOf(values: readonly (number | null)[]): Point[][] {
  const runs: Point[][] = [];
  values.forEach((value, day) => {
    if (value === null) return;
    if (day > 0 && values[day - 1] !== null) runs.at(-1)!.push({ day, value });
    else runs.push([{ day, value }]);
  });
  return runs;
}

function gapsOf(values: readonly (number | null)[]): { from: number; until: number }[] {
  return runsOf(values.map((value) => (value === null ? 0 : null))).map((run) => ({
    from: run[0]!.day,
    until: run.at(-1)!.day + 1,
  }));
}

function gapBand(x: number, width: number): string {
  return `<rect x="${x}" y="${TOP}" width="${width}" height="${HEIGHT - TOP - BOTTOM}" fill="url(#gap)"/>`;
}

function pathOf(run: readonly Point[], { x, y }: Places, stroke: string): string {
  if (run.length === 1) return '';
  return `<path d="M${run.map(({ day, value }) => `${x(day)} ${y(value)}`).join('L')}" fill="none" ${stroke}/>`;
}

function dot({ day, value }: Point, { x, y }: Places, look: string): string {
  return `<circle cx="${x(day)}" cy="${y(value)}" r="1.8" ${look}/>`;
}

/** The first highest day above its point, the first lowest one below, unless all are the same. */
function extremes(values: readonly (number | null)[], { x, y }: Places, scale: Scale): string[] {
  const points = runsOf(values).flat();
  if (points.length === 0) return [];
  const [highest, lowest] = [
    points.reduce((a, b) => (b.value > a.value ? b : a)),
    points.reduce((a, b) => (b.value < a.value ? b : a)),
  ];
  const numbered = ({ day, value }: Point, shift: number): string => {
    // Below the lowest line stand the names of days.
    const at = y(value) + shift < HEIGHT - BOTTOM ? y(value) + shift : y(value) - 5;
    return text(x(day), round(at), said(value, scale), { anchor: anchorAt(x(day)), isOnTop: true });
  };
  return highest.value === lowest.value ? [numbered(highest, -5)] : [numbered(highest, -5), numbered(lowest, 11)];
}

function anchorAt(x: number): 'start' | 'middle' | 'end' {
  if (x < LEFT + 15) return 'start';
  return x > WIDTH - 20 ? 'end' : 'middle';
}

function dayNames(labels: readonly string[], { x }: Places): string[] {
  const every = Math.ceil(labels.length / MOST_LABELS);
  return labels.flatMap((label, day) =>
    day % every === 0 ? [text(x(day), HEIGHT - BOTTOM + 13, label, { anchor: 'middle' })] : [],
  );
}

function legend(now: Line, before: Line, accent: string): string[] {
  const y = HEIGHT - 10;
  const sample = (x: number, look: string): string => `<path d="M${x} ${y}h18" fill="none" ${look}/>`;
  const names = [
    `${sample(LEFT, `stroke="${accent}" stroke-width="1.9"`)}<circle cx="${LEFT + 9}" cy="${y}" r="1.8" fill="${accent}"/>`,
    text(LEFT + 23, y + 3, now.name),
    sample(LEFT + 180, `stroke="${SOFT}" stroke-width="1.2" stroke-dasharray="4 3"`),
    text(LEFT + 203, y + 3, before.name),
  ];
  if (!now.values.includes(null)) return names;
  const gap = `<rect x="${LEFT + 370}" y="${y - 5}" width="18" height="10" fill="url(#gap)" stroke="${INK}" stroke-width="0.4"/>`;
  return [...names, gap, text(LEFT + 393, y + 3, 'нет сведений')];
}
