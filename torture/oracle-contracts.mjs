import { group, isDone, isOpen } from './oracle-view.mjs';

/** What ended like this has let nothing out: from none of them does a contract go back. */
const NEVER_IN_FORCE = new Set(['draft', 'signed', 'cancelled']);

export const CONTRACT_CHECKS = {
  /** What people were told about contracts is in the database, and nobody but they began or ended one. */
  contracts({ ofKind, database }, report) {
    const rows = byId(database);
    const said = new Map(ofKind('contract').map((told) => [told.contract, told]));
    const endings = group(ofKind('terminate'), ({ contract }) => contract);
    for (const [id, told] of said) {
      // Without an answer to its draft nobody knows its id, and so nobody could activate it.
      if (id === undefined) continue;
      report.checked();
      const row = rows.get(id);
      const problem = row ? problemOf(row, { told, endings: endings.get(id) ?? [] }) : 'acknowledged, but there is no contract';
      if (problem) report.violation(problem, { told, row, endings: endings.get(id) });
    }
    for (const row of database.contracts)
      if (!said.has(row.id) && !NEVER_IN_FORCE.has(row.status)) report.violation('in force, but nobody activated it', row);
  },
};

function problemOf(row, { told, endings }) {
  const ended = row.status === 'terminated' && row.terminatedAt !== null;
  const acknowledged = endings.find(isDone);
  if (acknowledged && !ended) return `its termination was acknowledged, but it is ${row.status}`;
  if (acknowledged && Date.parse(row.terminatedAt) > acknowledged.ackAt)
    return 'its termination was acknowledged before it was ended';
  if (ended && !endings.some((one) => isDone(one) || isOpen(one))) return 'ended, but nobody ended it';
  if (isDone(told) && NEVER_IN_FORCE.has(row.status)) return `its activation was acknowledged, but it is ${row.status}`;
  return [...row.pages].sort().join() === [...told.pages].sort().join()
    ? undefined
    : 'it covers other pages than it was made for';
}

/**
 * Intervals in which a page that had a contract has none that may be in force. One whose termination nobody acknowledged may
 * be in force still, beside the one that was made after it: then it is the database that tells.
 */
export function uncovered({ ofKind, database, run }) {
  const rows = byId(database);
  const endings = group(ofKind('terminate').filter(isDone), ({ contract }) => contract);
  const spans = ofKind('contract').flatMap((told) => spanOf(told, rows.get(told.contract), endings.get(told.contract)?.[0]));
  const gaps = [...group(spans, ({ page }) => page).values()].flatMap(gapsOf);
  // The last day of a contract lies decades ahead: nothing is proved by what did not happen after it.
  return gaps.filter(({ from }) => from < run.endedAt);
}

/** From when to when a contract may let something out, for each of its pages. */
function spanOf({ contract, pages, mayBeginAt }, row, acknowledged) {
  if (contract === undefined || (row && NEVER_IN_FORCE.has(row.status))) return [];
  const from = Math.max(mayBeginAt, row ? Date.parse(row.startsAt) : -Infinity);
  const until = Math.min(acknowledged?.ackAt ?? endOf(row), row ? Date.parse(row.endsAt) : Infinity);
  return pages.map((page) => ({ page, contract, from, until }));
}

/** Until the commit the contract lets things out, and between the statement and its commit a wire may stall for long. */
function endOf(row) {
  return row?.status === 'terminated' ? Date.parse(row.committedAt) : Infinity;
}

function gapsOf(spans) {
  const [first, ...others] = spans.sort((one, other) => one.from - other.from);
  const gaps = [];
  let last = first;
  for (const span of others) {
    if (span.from > last.until) gaps.push(gap(last, span.from));
    if (span.until > last.until) last = span;
  }
  return last.until < Infinity ? [...gaps, gap(last, Infinity)] : gaps;
}

function gap({ page, contract, until: from }, until) {
  return { kind: 'the end of the last contract', page, contract, from, until };
}

function byId({ contracts }) {
  return new Map(contracts.map((row) => [row.id, row]));
}
