import type { Logo } from './logo.js';

/** Parts of a report in their usual order. */
export const SECTIONS = ['summary', 'planFact', 'posts', 'numbers', 'conversations', 'incidents', 'evidence'] as const;
export type Section = (typeof SECTIONS)[number];

/** How a client wants his reports: which parts in which order, words around them, a colour. It changes no fact. */
export interface Look {
  /** The version of the client's template; 0: he has none. */
  readonly template: number;
  readonly sections: readonly Section[];
  readonly intro: string | null;
  readonly closing: string | null;
  /** `#rrggbb`, readable on paper beside black. */
  readonly accent: string;
  /** Absent: none. */
  readonly logo?: Logo;
}

export const USUAL_LOOK: Look = { template: 0, sections: SECTIONS, intro: null, closing: null, accent: '#1f5a8c' };

/** WCAG 2.2: white words on it are readable from 4.5 on. */
export const LEAST_CONTRAST = 4.5;

/** Contrast of a colour to white by WCAG 2.2, 1 to 21. */
export function contrastToWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255));
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

function linear(part: number): number {
  return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
