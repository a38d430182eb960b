import type { ExportedField } from '../collection.js';
import { csvHead, csvRows, toJsonLines } from '../export-text.js';
import type { ExportOrder } from './export-job.js';
import { type RowBatch, workbookOf } from './workbook-writing.js';

/** The bytes of a file, piece by piece. @param fields of its first collection; JSON Lines and CSV have no other */
export function piecesOf(
  order: Pick<ExportOrder, 'format' | 'encoding' | 'decimal'>,
  fields: readonly ExportedField[],
  batches: AsyncIterable<RowBatch>,
): AsyncIterable<Uint8Array> {
  if (order.format === 'xlsx') return workbookOf(batches) as AsyncIterable<Uint8Array>;
  return order.format === 'csv' ? csvPieces(order, fields, batches) : jsonPieces(batches);
}

async function* jsonPieces(batches: AsyncIterable<RowBatch>): AsyncGenerator<Uint8Array> {
  for await (const { changes, fields } of batches) yield Buffer.from(toJsonLines(changes, fields), 'utf8');
}

async function* csvPieces(
  order: Pick<ExportOrder, 'encoding' | 'decimal'>,
  fields: readonly ExportedField[],
  batches: AsyncIterable<RowBatch>,
): AsyncGenerator<Uint8Array> {
  yield csvHead(fields, order);
  for await (const { changes } of batches) yield csvRows(changes, fields, order);
}
