import type { FrozenKey } from './report.js';

/** Files that are made of a frozen document. */
export const RENDERING_FORMATS = ['pdf', 'xlsx', 'csv', 'html'] as const;
export type RenderingFormat = (typeof RENDERING_FORMATS)[number];

/** `waiting`: a worker makes it · `failed`: it could not be made. */
export const RENDERING_STATES = ['waiting', 'ready', 'failed'] as const;
export type RenderingState = (typeof RENDERING_STATES)[number];

export interface Rendering extends FrozenKey {
  readonly clientId: string;
  readonly format: RenderingFormat;
  readonly state: RenderingState;
  readonly storageKey: string | null;
  readonly bytes: number | null;
  /** Of the file. */
  readonly sha256: string | null;
  /** What made it: with the same maker the same document makes the same bytes. */
  readonly renderer: string | null;
}

/** Another look of the pages, or another makeup of the sheets, gets the next number. */
export const RENDERER = 'vestnik-renderings/1';

export const CONTENT_TYPES: Readonly<Record<RenderingFormat, string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
};
