import { russianNumber } from '../wording.js';

/** What charts are drawn with, as SVG. They are read in black and white too. */
export const INK = '#1c2733';
export const SOFT = '#5b6773';
const HAIR = '#c9d1d9';
const FONT = 'font-family="Inter" font-size="8.5"';

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** For who does not see it. */
  readonly title: string;
  /** `#rrggbb` */
  readonly accent: string;
  readonly parts: readonly string[];
}

/** From 0 to a round number; numbers of thousands are said in thousands, so that they fit beside each other. */
export interface Scale {
  readonly top: number;
  readonly divisor: number;
  /** What a number on this scale means: `тыс. человек`. */
  readonly unit: string;
}

export function scaleFor(values: readonly (number | null)[], unit: string): Scale {
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const top = niceTop(most);
  if (top >= 1_000_000) return { top, divisor: 1_000_000, unit: `млн ${unit}`.trim() };
  return top > 10_000 ? { top, divisor: 1_000, unit: `тыс. ${unit}`.trim() } : { top, divisor: 1, unit };
}

/** A number on its scale; what is there is not said to be 0. */
export function said(value: number, { divisor }: Scale): string {
  const scaled = value / divisor;
  return value > 0 && scaled < 0.05 ? '<0,1' : russianNumber(scaled);
}

/** Lines at nothing, the half and the whole, with their numbers, and what these mean. */
export function gridLines(
  scale: Scale,
  { left, width, y }: { left: number; width: number; y: (value: number) => number },
): string[] {
  const parts = scale.top < 2 ? [0, 1] : [0, 0.5, 1];
  const lines = parts.map((part) => {
    const at = y(scale.top * part);
    const line = `<path d="M${left} ${at}H${width}" stroke="${HAIR}" stroke-width="0.5"/>`;
    return line + text(left - 5, round(at + 3), said(scale.top * part, scale), { anchor: 'end' });
  });
  return [...lines, text(0, 8, scale.unit, { fill: SOFT })];
}

export function drawing({ width, height, title, accent, parts }: Drawing): string {
  const hatch = `<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#fff"/><path d="M-1 1L1 -1M0 5L5 0M4 6L6 4" stroke="${accent}" stroke-width="1.3"/></pattern>`;
  const dots = `<pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#fff"/><circle cx="2" cy="2" r="0.9" fill="${accent}"/></pattern>`;
  const gap = `<pattern id="gap" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M-1 5L1 7M0 0L6 6M5 -1L7 1" stroke="#c9d1d9" stroke-width="0.7"/></pattern>`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img"><title>${escapeMarkup(title)}</title>`;
  return `${head}<defs>${hatch}${dots}${gap}</defs>${parts.join('')}</svg>`;
}

export interface TextLook {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: string;
  /** Degrees. */
  readonly turned?: number;
  /** Readable on top of lines. */
  readonly isOnTop?: boolean;
}

export function text(
  x: number,
  y: number,
  words: string,
  { anchor = 'start', fill = INK, turned, isOnTop }: TextLook = {},
): string {
  const turn = turned === undefined ? '' : ` transform="rotate(${turned} ${x} ${y})"`;
  const spoken = `<text x="${x}" y="${y}" ${FONT} fill="${fill}" text-anchor="${anchor}"${turn}>${escapeMarkup(words)}</text>`;
  const halo = `<text x="${x}" y="${y}" ${FONT} fill="none" stroke="#fff" stroke-width="2.4" text-anchor="${anchor}"${turn}>${escapeMarkup(words)}</text>`;
  return isOnTop ? halo + spoken : spoken;
}

export function escapeMarkup(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A round number whose half is whole too; or 1. */
function niceTop(most: number): number {
  if (most <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  const tops = [1, 1.2, 1.6, 2, 4, 6, 8, 10].map((step) => Math.round(step * power * 10) / 10);
  return tops.find((top) => top >= most && Number.isInteger(top / 2)) ?? 10 * power;
}
