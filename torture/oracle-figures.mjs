import { group, percentile } from './oracle-view.mjs';

const SECOND_MS = 1_000;
/** What the networks document for a token of each kind; our labels say the kind. */
const LIMITS = [
  [/^vk-\d/, 20],
  [/-(?:user|service)$/, 3],
];
/** Posts of one page that were due this far apart should appear in that order, when nothing went wrong with either. */
const APART_MS = 3_000;
const MOST_REFUSED_SHARE = 0.001;

/** Figures, and those of them that have a bar. */
export const FIGURE_CHECKS = {
  /** The network itself said "too many a second" to no more than one call in a thousand. */
  rates({ ledger, faults }, report) {
    const calls = ledger.filter(({ what, tokenLabel }) => what === 'call' && limitOf(tokenLabel) !== undefined);
    const scripted = faults
      .filter(({ phase, answer }) => phase === 'script' && answer?.code === 6)
      .reduce((sum, { times }) => sum + times, 0);
    const refused = calls.filter(({ answer, network }) => network === 'vk' && answer === 'error:6');
    const natural = refused.filter((entry) => isBeyondLimit(entry, calls));
    report.checked(calls.length);
    report.figure('calls', calls.length);
    report.figure('refusedForRate', natural.length);
    report.figure('scriptedRateRefusals', scripted);
    if (natural.length > 2 && natural.length / calls.length > MOST_REFUSED_SHARE) {
      const labels = Object.fromEntries(
        [...group(natural, ({ tokenLabel, method }) => `${tokenLabel} ${method}`)].map(([key, list]) => [key, list.length]),
      );
      report.violation(`${natural.length} of ${calls.length} calls were beyond a token's rate`, labels);
    }
  },

  order({ effects, byMark, byWall, database }, report) {
    const rows = new Map(database.publications.map((row) => [`${row.post} ${row.page}`, row]));
    const smooth = effects.flatMap((effect) => {
      const row = rows.get(`${byMark.get(effect.mark)?.post} ${byWall.get(`${effect.network} ${effect.owner}`)?.page}`);
      return row?.state === 'published' && row.tries === 1 ? [{ ...row, leftAt: effect.leftAt, due: Date.parse(row.dueAt) }] : [];
    });
    const apart = [...group(smooth, ({ page }) => page).values()].flatMap((list) =>
      list.flatMap((one) => list.filter((other) => other.due - one.due >= APART_MS).map((other) => other.leftAt < one.leftAt)),
    );
    report.checked(apart.length);
    report.figure('inversions', apart.filter(Boolean).length);
  },

  figures(facts, report) {
    const { database, run } = facts;
    report.figure('parked', parkedOf(facts));
    report.figure(
      'states',
      countBy(database.publications, ({ state }) => state),
    );
    report.figure(
      'reasons',
      countBy(
        database.publications.filter(({ reason, state }) => reason && ['held', 'unclear', 'refused'].includes(state)),
        ({ state, reason }) => `${state}: ${reason.code}`,
      ),
    );
    report.figure('lateness', latenessOf(facts));
    report.figure('fenced', database.attempts.filter(({ outcome }) => outcome === 'fenced').length);
    report.figure(
      'attempts',
      countBy(database.attempts, ({ outcome }) => outcome ?? 'open'),
    );
    report.figure(
      'looks',
      countBy(database.looks, ({ result }) => result),
    );
    report.figure('recovery', recoveryOf(facts));
    report.figure('resolvedWithinMs', run.resolvedWithinMs);
  },
};

/** What waits on a page that the network wants to be left alone, and how much of it says so in its own row. */
function parkedOf({ database, run }) {
  const lanes = new Set(database.lanes.map(({ page }) => page));
  const waiting = database.publications.filter(
    ({ state, page, dueAt }) => state === 'scheduled' && lanes.has(page) && Date.parse(dueAt) <= run.endedAt,
  );
  const silent = waiting.filter(({ nextTryAt }) => Date.parse(nextTryAt) <= run.endedAt);
  return { pages: lanes.size, waiting: waiting.length, silent: silent.length };
}

function limitOf(label) {
  return LIMITS.find(([pattern]) => pattern.test(label ?? ''))?.[1];
}

/** Whether the token had used up its second when it was refused: otherwise a script refused it. */
function isBeyondLimit(entry, calls) {
  const at = Date.parse(entry.at);
  const recent = calls.filter(
    (call) => call.tokenLabel === entry.tokenLabel && call.seq < entry.seq && at - Date.parse(call.at) < SECOND_MS,
  );
  return recent.length >= limitOf(entry.tokenLabel);
}

function latenessOf({ database, run }) {
  const sent = database.publications.filter(({ state, firstSentAt }) => state === 'published' && firstSentAt);
  const late = (rows) => {
    const sorted = rows.map((row) => Date.parse(row.firstSentAt) - Date.parse(row.dueAt)).sort((a, b) => a - b);
    return { n: sorted.length, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
  };
  const calm = ({ dueAt }) => Date.parse(dueAt) > run.healedAt;
  return { faults: late(sent.filter((row) => !calm(row))), calm: late(sent.filter(calm)) };
}

/** How long what a killed worker had in its hands stayed in nobody's. */
function recoveryOf({ faults, database }) {
  const kills = faults.filter(({ name, phase, program }) => name === 'killWorker' && phase === 'kill' && program);
  const backs = faults.filter(({ phase, program }) => phase === 'back' && program?.startsWith('worker'));
  const up = kills.flatMap((kill) => {
    const back = backs.find(({ program, at }) => program === kill.program && at > kill.at);
    return back ? [back.at - kill.at] : [];
  });
  const orphans = database.attempts
    .filter(({ code }) => code === 'worker-lost')
    .map((attempt) => {
      const kill = kills.filter(({ at }) => at < Date.parse(attempt.endedAt) && at >= Date.parse(attempt.startedAt)).at(0);
      return kill ? Date.parse(attempt.endedAt) - kill.at : undefined;
    })
    .filter((ms) => ms !== undefined);
  const sorted = (list) => list.sort((a, b) => a - b);
  return {
    kills: kills.length,
    upP50: percentile(sorted(up), 0.5),
    orphans: orphans.length,
    orphanP50: percentile(sorted(orphans), 0.5),
    orphanMax: orphans.at(-1) ?? 0,
  };
}

function countBy(list, keyOf) {
  return Object.fromEntries(
    [...group(list, keyOf)].map(([key, items]) => [key, items.length]).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
