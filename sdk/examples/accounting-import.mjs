// @ts-check
// A nightly import for accounting: what was accepted, invoiced and paid since the last run. Run it as often as you like: each row is
// written over the one with its id, and the place to go on from is kept with the rows, so a run that broke off is simply repeated.
//
//   VESTNIK_URL=https://api.vestnik.example VESTNIK_KEY=… node examples/accounting-import.mjs books.json
//
// The key needs the scopes exports.read, contracts.read and acceptance.read.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createVestnik, VestnikProblem } from '@vestnik/client';

const { VESTNIK_URL: baseUrl, VESTNIK_KEY: apiKey } = process.env;
const [file = 'books.json'] = process.argv.slice(2);
if (!baseUrl || !apiKey) throw new Error('Set VESTNIK_URL and VESTNIK_KEY');
const vestnik = createVestnik({ baseUrl, apiKey });

const COLLECTIONS = /** @type {const} */ (['contracts', 'acceptances', 'acts', 'payments']);

/**
 * @typedef {{ id: string, deleted?: boolean }} Row as the collection has it
 * @typedef {{ cursor?: string, rows: Record<string, Row> }} Books
 */

/** @type {Record<string, Books>} */
const books = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
for (const collection of COLLECTIONS) {
  const kept = (books[collection] ??= { rows: {} });
  let changed = 0;
  for (let more = true; more;) {
    const { data, error, response } = await vestnik.GET('/v1/exports/{collection}', {
      params: { path: { collection }, query: { cursor: kept.cursor } },
      parseAs: 'text',
    });
    if (!response.ok) throw new VestnikProblem(response.status, error ?? {});
    const lines = String(data ?? '')
      .split('\n')
      .filter(Boolean);
    for (const line of lines) take(kept, JSON.parse(line));
    changed += lines.length;
    kept.cursor = response.headers.get('x-next-cursor') ?? kept.cursor;
    more = response.headers.get('x-has-more') === 'true';
    await keep();
  }
  console.log(`${collection}: ${changed} changed, ${Object.keys(kept.rows).length} in all`);
}

/** @param {Books} kept @param {Row} row */
function take(kept, row) {
  if (row.deleted) delete kept.rows[row.id];
  else kept.rows[row.id] = row;
}

/** Rows and their cursor together, or neither. */
async function keep() {
  await writeFile(`${file}.new`, JSON.stringify(books));
  await rename(`${file}.new`, file);
}
