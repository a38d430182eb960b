import type { CsvOptions } from '../export-text.js';

export const EXPORT_FORMATS = ['jsonl', 'csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_JOB_STATES = ['queued', 'running', 'ready', 'failed', 'cancelled', 'expired'] as const;
/** `queued`: others of the contractor are being written · `expired`: it was ready, and its file is gone. */
export type ExportJobState = (typeof EXPORT_JOB_STATES)[number];

export const EXPORT_FAILURES = ['accessLost', 'gaveUp'] as const;
/** `accessLost`: whoever ordered it may not read all of it any more · `gaveUp`: no try worked. */
export type ExportFailure = (typeof EXPORT_FAILURES)[number];

export interface ExportJobKey {
  readonly contractorId: string;
  readonly id: string;
}

/** What is to be written. */
export interface ExportOrder extends CsvOptions {
  readonly collections: readonly string[];
  /** Where each begins; null: from the beginning. */
  readonly cursors: readonly (string | null)[];
  readonly format: ExportFormat;
}

/** A file that a worker writes. */
export interface ExportJob extends ExportJobKey, ExportOrder {
  /** As whom it reads. */
  readonly actorKind: 'member' | 'apiKey';
  readonly actorId: string;
  /** The clients whose rows are in it, as they were when it was ordered. */
  readonly allClients: boolean;
  readonly clientIds: readonly string[];
  readonly state: ExportJobState;
  readonly failure: ExportFailure | null;
  readonly fence: number;
  readonly failures: number;
  readonly beganXid: string | null;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly rowsEstimated: number | null;
  /** Where each collection goes on, once the file is there. */
  readonly nextCursors: readonly string[] | null;
  readonly storageKey: string | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly expiresAt: Date | null;
}

/** Waiting and running ones of a contractor. */
export const MOST_OPEN = 20;
/** Tries in a row that bring nothing. */
export const MOST_FAILURES = 5;

/** Seconds until the next try after so many that failed. */
export function waitAfter(failures: number): number {
  return 10 * 3 ** Math.min(failures, MOST_FAILURES);
}

/** Of the work, not of the time: rows are read first, and written when all are there. 0 to 100, and 100 only when it is ready. */
export function percentOf({ state, rowsRead, rowsWritten, rowsEstimated }: ExportJob): number {
  if (state === 'ready' || state === 'expired') return 100;
  const rows = Math.max(rowsEstimated ?? 0, rowsRead);
  return rows === 0 ? 0 : Math.min(99, Math.floor((70 * rowsRead + 30 * rowsWritten) / rows));
}

/** Named for whoever finds it in a folder of downloads. */
export function fileNameOf({ collections, id, format }: ExportJob): string {
  return `${collections.length === 1 ? collections[0]! : 'export'}-${id}.${format}`;
}

const CSV_TYPES = { 'utf-8': 'text/csv; charset=utf-8', 'windows-1251': 'text/csv; charset=windows-1251' } as const;
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const JSONL_TYPE = 'application/x-ndjson; charset=utf-8';

export function contentTypeOf({ format, encoding }: Pick<ExportOrder, 'format' | 'encoding'>): string {
  if (format === 'csv') return CSV_TYPES[encoding];
  return format === 'xlsx' ? XLSX_TYPE : JSONL_TYPE;
}
