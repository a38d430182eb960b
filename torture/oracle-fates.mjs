import { group, isDone, isOpen } from './oracle-view.mjs';

const NETWORK_FAULTS = new Set(['flood', 'refusal', 'captcha', 'tokenRevoked', 'lookFails', 'ambiguousAnswer', 'lateEffect']);
/** Why something may be held, and what must have happened for it. */
const CAUSES = {
  'not-approved': (facts, { post }) => said(facts, 'revoke').some((told) => told.post === post),
  'no-contract': (facts, { page }) => said(facts, 'terminate').some(({ pages }) => pages.includes(page)),
  'past-contract': (facts, { page }) => said(facts, 'terminate').some(({ pages }) => pages.includes(page)),
  'quiet-period': (facts, { client }) => said(facts, 'quiet').some((told) => told.client === client),
  'page-not-connected': (facts, { page }) =>
    said(facts, 'disconnect').some((told) => told.page === page) || facts.faults.some(({ name }) => NETWORK_FAULTS.has(name)),
};

/** Where every publication ended, and whether database and walls agree on it. */
export const FATE_CHECKS = {
  /** Due and approved: out once, or refused, held, unclear or parked with a reason. Never just gone. */
  lost({ sayings, database, run }, report) {
    const parked = parkedPages(database);
    const rows = new Map(database.publications.map((row) => [`${row.post} ${row.page}`, row]));
    for (const [post, told] of sayings) {
      const last = told.filter((one) => one.kind === 'schedule' && isDone(one)).at(-1);
      for (const page of last?.pages ?? []) {
        const row = rows.get(`${post} ${page}`);
        if (!row) continue;
        report.checked();
        const problem = fateProblem(row, { told, last, now: run.endedAt, parked });
        if (problem) report.violation(problem, row);
      }
    }
  },

  /** A reason that nothing in the run explains is an excuse. */
  excuses(facts, report) {
    for (const row of facts.database.publications.filter(({ state, reason }) => state === 'held' && reason)) {
      report.checked();
      const cause = CAUSES[row.reason.code];
      if (cause && !cause(facts, row)) report.violation(`held for "${row.reason.code}", which never happened`, row);
      if (row.reason.code === 'too-late') report.violation('held as too late within two hours', row);
    }
  },

  databaseToWall({ database, effects, walls, pages }, report) {
    const seen = new Map(effects.map((effect) => [`${effect.network} ${effect.owner} ${effect.postId}`, effect]));
    const standing = new Map(walls.map((post) => [`${post.network} ${post.owner} ${post.postId}`, post]));
    for (const row of database.publications.filter(({ state }) => state === 'published' || state === 'deleted')) {
      report.checked();
      const { network, externalId: owner } = pages.get(row.page);
      const key = `${network} ${owner} ${row.externalId}`;
      if (!seen.has(key)) report.violation(`${row.state}, but the network never had it`, row);
      else if (row.state === 'published' && !standing.has(key))
        report.violation('published, but it does not stand on the wall', row);
    }
  },

  wallToDatabase({ database, effects, byWall, byMark }, report) {
    const rows = group(database.publications, ({ post, page }) => `${post} ${page}`);
    for (const effect of effects) {
      const [post, page] = [byMark.get(effect.mark), byWall.get(`${effect.network} ${effect.owner}`)];
      if (!post || !page) continue;
      report.checked();
      const row = rows.get(`${post.post} ${page.page}`)?.[0];
      const problem = knowledgeProblem(row, effect);
      if (problem) report.violation(problem, { row, effect });
    }
  },

  /** After the faults the machine is as before them: what is scheduled then goes out, in time. */
  afterwards({ ofKind, database, run }, report) {
    const parked = parkedPages(database);
    const rows = new Map(database.publications.map((row) => [row.id, row]));
    for (const saying of ofKind('schedule').filter(({ afterwards }) => afterwards)) {
      if (!isDone(saying)) report.violation('could not be scheduled when all was well again', saying);
      for (const { id, page } of saying.publications ?? []) {
        if (parked.has(page)) continue;
        report.checked();
        const row = rows.get(id);
        if (row?.state !== 'published') {
          report.violation('did not go out when all was well again', row);
          continue;
        }
        const late = row.firstSentAt ? Date.parse(row.firstSentAt) - couldGoAt(row, { database, run }) : Infinity;
        if (late > run.afterwardsWithinMs) report.violation(`went out ${late} ms late when all was well again`, row);
      }
    }
  },

  /** Whatever is done to its surroundings, a process goes on, or is ended by us. */
  deaths({ run }, report) {
    report.checked();
    for (const death of run.deaths) report.violation(death.how, death);
  },

  backlog({ run }, report) {
    report.checked();
    if (run.backlog !== 0)
      report.violation(`${run.backlog} publications waited ${run.backlogAfterMs / 1000} s after the faults had ended`, run);
  },
};

/** When it was due; where its page was paused when all was well again: after that pause, and after what stood before it in the row. */
function couldGoAt({ page, dueAt, firstSentAt }, { database, run }) {
  const pause = run.pausesWhenHealed.find((one) => one.page === page);
  if (!pause) return Date.parse(dueAt);
  const before = database.publications
    .filter((other) => other.page === page && other.firstSentAt < firstSentAt)
    .map((other) => Date.parse(other.firstSentAt));
  return Math.max(Date.parse(dueAt), Date.parse(pause.until), ...before);
}

/** Pages that the network asked to be left alone, and whose lane says so. */
function parkedPages({ lanes }) {
  return new Set(lanes.filter(({ reason }) => reason?.message).map(({ page }) => page));
}

function fateProblem(row, { told, last, now, parked }) {
  const tookBack = told.some(
    ({ kind, sentAt, status }) => kind === 'withdraw' && sentAt > last.sentAt && (isDone({ status }) || isOpen({ status })),
  );
  switch (row.state) {
    case 'published':
      return undefined;
    case 'withdrawn':
    case 'deleted':
      return tookBack ? undefined : `${row.state}, but nobody took it back`;
    case 'refused':
    case 'held':
      return row.reason?.message ? undefined : `${row.state} without a reason`;
    case 'unclear':
      return row.reason?.message && row.nextLookAt ? undefined : 'unclear without a reason, or nobody will look';
    case 'scheduled': {
      const waits = parked.has(row.page) || (Date.parse(row.nextTryAt) > now && row.reason?.message);
      return waits || Date.parse(row.dueAt) > now ? undefined : 'lost: it is due and nobody does anything';
    }
    default:
      return `it ended as ${row.state}`;
  }
}

function knowledgeProblem(row, effect) {
  if (!row) return 'on the wall, but not in the database';
  if (row.externalId !== null)
    return row.externalId === effect.postId ? undefined : `on the wall as ${effect.postId}, known as ${row.externalId}`;
  if (row.state === 'unclear') return undefined;
  // A person has been asked to look, and told that the machine could not.
  if (row.state === 'held' && ['found-several', 'cannot-look', 'window-not-covered'].includes(row.reason?.code)) return undefined;
  if (row.state === 'held' && row.reason?.code !== 'absent' && row.firstSentAt) return undefined;
  return `on the wall, but ${row.state} (${row.reason?.code ?? 'no reason'}) in the database`;
}

function said({ ofKind }, kind) {
  return ofKind(kind).filter((told) => isDone(told) || isOpen(told));
}
