// What specs take from '@jest/globals', as far as the judges of mutation need it: tests are collected and run in this very
// process, which takes milliseconds where jest, which builds a world for each file, takes seconds.
import { expect } from 'expect';

let collected = { tests: [], each: [], before: [] };
let titles = [];

/** Begins anew. */
export function collect() {
  collected = { tests: [], each: [], before: [] };
  titles = [];
  return collected;
}

function describe(title, body) {
  titles.push(title);
  body();
  titles.pop();
}

function it(title, run) {
  const name = [...titles, title].join(' ');
  // Rows of a table may share a title.
  const same = collected.tests.filter((test) => test.title === name).length;
  collected.tests.push({ title: name, id: same === 0 ? name : `${name} (${same + 1})`, within: [...titles], run });
}

const withTables = (of) =>
  Object.assign(of, {
    each: (rows) => (title, body) => rows.forEach((row) => of(title, () => (Array.isArray(row) ? body(...row) : body(row)))),
  });
const hook = (list) => (run) => collected[list].push({ run, within: [...titles] });

export const globals = {
  ...{ describe: withTables(describe), it: withTables(it), expect },
  ...{ beforeAll: hook('before'), beforeEach: hook('each'), afterAll: () => undefined, afterEach: () => undefined },
};
