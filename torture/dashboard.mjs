const MEANINGS = {
  doubles: 'a post twice on a page',
  unknown: 'an effect that nobody asked for',
  crossTenant: 'a contractor’s text on another’s page',
  rightPage: 'on a page that was not asked for',
  rightToken: 'with a token that is not the page’s',
  bytes: 'not the approved bytes',
  approved: 'never approved',
  stale: 'repeated after VK forgot the marker',
  early: 'before its time',
  afterWithdrawal: 'out after "withdrawn"',
  deleted: 'not deleted though promised',
  afterStop: 'sent after a stop and the send window',
  acknowledged: 'acknowledged and gone',
  contracts: 'a contract not as it was told',
  repeated: 'made twice by a repeat',
  lost: 'lost, or ended without a reason',
  excuses: 'held for what never happened',
  databaseToWall: 'in the database, not on the wall',
  wallToDatabase: 'on the wall, not in the database',
  afterwards: 'not well again after the faults',
  deaths: 'a process that ended by itself',
  backlog: 'still waiting after the faults',
  rates: 'beyond the networks’ rates',
  order: 'pairs on a page, order kept',
};

/** @returns lines for people: each zero with its N, and how much that N proves. */
export function dashboard({ violations, checked, figures, effects, sends }, { run }) {
  const lines = [
    '',
    `seed ${run.options.seed} · queue ${run.options.queue} · faults for ${run.options.minutes} min · ${run.posts} posts, ${sends} sends, ${effects} effects`,
    '',
  ];
  lines.push(row('violation', 'found', 'of N', '95 % bound'));
  for (const [check, n] of Object.entries(checked)) {
    if (check === 'order') continue;
    const found = violations.filter((one) => one.check === check).length;
    lines.push(
      row(
        MEANINGS[check],
        String(found),
        String(n),
        found === 0 && n > 0 ? `≤ ${(3 / n).toPrecision(2)}` : n === 0 ? 'not met' : '—',
      ),
    );
  }
  lines.push('', ...figureLines(figures, run), '');
  for (const { check, what, about } of violations.slice(0, 20))
    lines.push(`VIOLATION ${check}: ${what}\n  ${JSON.stringify(about).slice(0, 900)}`);
  if (violations.length > 20) lines.push(`… and ${violations.length - 20} more`);
  return lines;
}

function figureLines({ lateness, states, reasons, recovery, fenced, parked, attempts, looks, inversions, ...figures }, run) {
  const { faults, calm } = lateness;
  return [
    `states            ${list(states)}`,
    `reasons           ${list(reasons)}`,
    `attempts          ${list(attempts)}; fenced ${fenced}`,
    `looks             ${list(looks)}`,
    `lateness          under faults p50 ${seconds(faults.p50)}, p99 ${seconds(faults.p99)} (${faults.n}); calm p50 ${seconds(calm.p50)}, p99 ${seconds(calm.p99)} (${calm.n})`,
    `after kill -9     ${recovery.kills} kills, back in ${seconds(recovery.upP50)}; ${recovery.orphans} attempts orphaned, taken over in p50 ${seconds(recovery.orphanP50)}, longest ${seconds(recovery.orphanMax)}`,
    `after the faults  nothing unclear or to be deleted after ${run.resolvedWithinMs === null ? 'longer than we waited' : seconds(run.resolvedWithinMs)}`,
    `parked pages      ${parked.pages}, where ${parked.waiting} due publications wait, ${parked.silent} of them without saying so`,
    `order on a page   ${inversions} inversions among posts that went out at the first attempt, due 3 s apart or more`,
    `rates             ${figures.refusedForRate} of ${figures.calls} calls refused for their rate (besides: up to ${figures.scriptedRateRefusals} by script)`,
    `faults            ${list(run.faults)}`,
    `people            ${list(run.told)}`,
  ];
}

function row(...[what, found, n, bound]) {
  return `${what.padEnd(42)}${found.padStart(7)}${n.padStart(9)}   ${bound}`;
}

const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;
const list = (counts) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';
