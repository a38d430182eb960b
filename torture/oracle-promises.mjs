import { uncovered } from './oracle-contracts.mjs';
import { group, isDone, isOpen } from './oracle-view.mjs';

/** What people were told, against what happened. */
export const PROMISE_CHECKS = {
  /** 200 to a withdrawal says "it will not go out". Where nothing was scheduled again, there must be no effect at all. */
  afterWithdrawal({ ofKind, effects, posts, byWall, sayings }, report) {
    for (const saying of ofKind('withdraw')) {
      for (const { page, state } of isDone(saying) ? (saying.publications ?? []) : []) {
        const again = sayings.get(saying.post).some(({ kind, sentAt }) => kind === 'schedule' && sentAt > saying.sentAt);
        if (state !== 'withdrawn' || again) continue;
        report.checked();
        const { mark } = posts.get(saying.post);
        const effect = effects.find((one) => one.mark === mark && byWall.get(`${one.network} ${one.owner}`)?.page === page);
        if (effect) report.violation('went out although it was withdrawn', { saying, effect });
      }
    }
  },

  /** 202 says "we shall delete it": then it is gone from the wall, or its row says why not. */
  deleted({ ofKind, database, walls, pages }, report) {
    const rows = new Map(database.publications.map((row) => [row.id, row]));
    const standing = new Set(walls.map(({ network, owner, postId }) => `${network} ${owner} ${postId}`));
    for (const { publications = [] } of ofKind('withdraw').filter(({ status }) => status === 202)) {
      for (const { id, page } of publications) {
        const row = rows.get(id);
        if (!row?.withdrawRequestedAt) continue;
        report.checked();
        const { network, externalId: owner } = pages.get(page);
        const stands = row.externalId !== null && standing.has(`${network} ${owner} ${row.externalId}`);
        if (row.state === 'deleted' && stands) report.violation('said to be deleted, but it stands', row);
        if (row.state === 'published' && row.reason === null)
          report.violation('withdrawn, but neither deleted nor a reason why not', row);
      }
    }
  },

  /**
   * After a page's last contract was ended, or a disconnection, quiet period or revoked approval was acknowledged, no bytes
   * leave for what it covers. Allowed is what had passed the point of no return before: it may leave within the send window.
   */
  afterStop(facts, report) {
    const { sends, byMark, byWall, run } = facts;
    const stops = stopsOf(facts);
    const byPage = group(stops, ({ page }) => page);
    for (const send of sends) {
      const page = byWall.get(`${send.network} ${send.owner}`)?.page;
      const post = byMark.get(send.mark)?.post;
      for (const stop of byPage.get(page) ?? []) {
        if (stop.post !== undefined && stop.post !== post) continue;
        report.checked();
        if (send.at > stop.from + run.windowMs && send.at < stop.until)
          report.violation(`sent ${send.at - stop.from} ms after ${stop.kind}`, { send, stop });
      }
    }
  },

  /** What was acknowledged is in the database, also after power cuts. */
  acknowledged({ sayings, database, pages }, report) {
    const rows = new Map(database.publications.map((row) => [`${row.post} ${row.page}`, row]));
    for (const [post, said] of sayings) {
      const schedules = said.filter(({ kind }) => kind === 'schedule');
      const last = schedules.filter(isDone).at(-1);
      if (!last) continue;
      const open = schedules.filter((other) => isOpen(other) && other.sentAt > last.sentAt);
      for (const page of last.pages) {
        report.checked();
        const row = rows.get(`${post} ${page}`);
        const times = [last, ...open].map(({ due }) => due);
        if (!row) report.violation('acknowledged, but there is no row', { last, page: pages.get(page) });
        else if (!times.includes(Date.parse(row.dueAt))) report.violation('acknowledged for another time', { last, row });
      }
    }
  },

  /** A request that was repeated with its key after a lost answer made one thing, not two. */
  repeated({ database, ofKind }, report) {
    const byTitle = group(database.posts, ({ title }) => title);
    for (const { title, status, post } of ofKind('post')) {
      report.checked();
      const found = byTitle.get(title) ?? [];
      if (found.length > 1) report.violation('one request made several posts', found);
      if (status === 201 && !found.some(({ id }) => id === post))
        report.violation('acknowledged, but the post is gone', { title, post });
    }
  },
};

/** Intervals in which nothing may be sent to a page, or of a post. */
function stopsOf(facts) {
  const { ofKind, pages, posts } = facts;
  const all = [...pages.values()];
  const after = (list, of, { ackAt }) =>
    list
      .filter((entry) => of(entry) && entry.sentAt >= ackAt)
      .map(({ sentAt }) => sentAt)
      .at(0) ?? Infinity;
  const stop = (kind, page, { ackAt }, until) => ({ kind, page, from: ackAt, until });
  return [
    ...uncovered(facts),
    ...ofKind('disconnect')
      .filter(isDone)
      .map((told) =>
        stop(
          'disconnection',
          told.page,
          told,
          after(ofKind('connect'), ({ page }) => page === told.page, told),
        ),
      ),
    ...ofKind('quiet')
      .filter(isDone)
      .flatMap((told) =>
        all.filter(({ client }) => client === told.client).map(({ page }) => stop('quiet period', page, told, told.endsAt)),
      ),
    ...ofKind('revoke')
      .filter(isDone)
      .flatMap((told) => {
        const { client } = posts.get(told.post);
        return all
          .filter((page) => page.client === client)
          .map(({ page }) => ({ ...stop('revocation', page, told, Infinity), post: told.post }));
      }),
  ];
}
