import { group, isDone, isOpen } from './oracle-view.mjs';

const MARKER_LIFE_MS = 3_600_000;
/** A call is in the ledger this soon after its first byte, or later than any wire is stalled. */
const NEAR_MS = 15_000;

/** What stands on the walls: whose, where, which bytes, how often, with which secret and not before its time. */
export const WALL_CHECKS = {
  /** One intent, one effect: the same post of ours never appears twice on a page, by marker or by text. */
  doubles({ effects }, report) {
    const byText = group(
      effects.filter(({ mark }) => mark),
      ({ network, owner, mark }) => `${network} ${owner} ${mark}`,
    );
    for (const [intent, found] of byText) {
      report.checked();
      if (found.length > 1) report.violation(`${intent} stands ${found.length} times`, found);
    }
    const byMarker = group(
      effects.filter(({ marker }) => marker),
      ({ owner, marker }) => `${owner} ${marker}`,
    );
    for (const [intent, found] of byMarker)
      if (found.length > 1) report.violation(`marker ${intent} had ${found.length} effects`, found);
  },

  /** Every effect was caused by bytes that left a worker, about a post that somebody wrote. */
  unknown({ effects, byMark }, report) {
    for (const effect of effects) {
      report.checked();
      if (effect.text === null) report.violation('an effect that no worker sent', effect);
      else if (!byMark.has(effect.mark)) report.violation('an effect of a post that nobody wrote', effect);
    }
  },

  crossTenant({ effects, byWall, ofKind }, report) {
    const canaries = new Map(ofKind('contractor').map(({ contractor, canary }) => [contractor, canary]));
    for (const effect of effects) {
      const page = byWall.get(`${effect.network} ${effect.owner}`);
      report.checked();
      if (!page) report.violation('an effect on a page that is nobody’s', effect);
      for (const [contractor, canary] of canaries) {
        const foreign = page && contractor !== page.contractor && effect.text?.includes(canary);
        if (foreign) report.violation(`text of ${contractor} on a page of ${page.contractor}`, effect);
      }
    }
  },

  rightPage({ effects, byWall, byMark, sayings }, report) {
    for (const effect of effects) {
      const [page, post] = [byWall.get(`${effect.network} ${effect.owner}`), byMark.get(effect.mark)];
      if (!page || !post) continue;
      report.checked();
      const asked = (sayings.get(post.post) ?? []).some(
        (saying) => saying.kind === 'schedule' && saying.pages.includes(page.page),
      );
      if (!asked) report.violation('nobody scheduled this post for this page', effect);
    }
  },

  /** The token that this page was connected with at that time, or one that its contractor's pages share. */
  rightToken({ effects, byWall, ofKind, run }, report) {
    const connects = group(ofKind('connect'), ({ page }) => page);
    for (const effect of effects) {
      const page = byWall.get(`${effect.network} ${effect.owner}`);
      if (!page) continue;
      report.checked();
      if (page.sharedLabels.includes(effect.tokenLabel)) continue;
      const own = connects.get(page.page) ?? [];
      const mine = own.find(({ label }) => label === effect.tokenLabel);
      const replaced =
        mine &&
        own.find(
          (other) =>
            isDone(other) &&
            other.label !== mine.label &&
            other.sentAt > mine.sentAt &&
            other.ackAt + run.windowMs < effect.leftAt,
        );
      if (!mine || mine.sentAt > effect.leftAt) report.violation(`token ${effect.tokenLabel} is not this page’s`, effect);
      else if (replaced) report.violation(`token ${effect.tokenLabel} had been replaced`, effect);
    }
  },

  bytes({ effects, byMark }, report) {
    for (const effect of effects) {
      const post = byMark.get(effect.mark);
      if (!post) continue;
      report.checked();
      if (!Buffer.from(effect.text).equals(Buffer.from(post.texts[effect.network])))
        report.violation('not the approved text', effect);
    }
  },

  approved({ effects, byMark, ofKind }, report) {
    const approved = new Map(ofKind('approved').map(({ post, at }) => [post, at]));
    for (const effect of effects) {
      const post = byMark.get(effect.mark);
      if (!post) continue;
      report.checked();
      if (!approved.has(post.post)) report.violation('nobody approved this post', effect);
    }
  },

  /** VK drops a repeat for an hour. Sent again later, a post whose first outcome is unknown might appear twice. */
  stale({ sends, ledger }, report) {
    const answers = group(
      ledger.filter(({ what }) => what === 'call'),
      ({ paramsHash }) => paramsHash,
    );
    for (const [marker, repeats] of group(
      sends.filter((send) => send.marker),
      (send) => send.marker,
    )) {
      const last = repeats.at(-1);
      for (const first of repeats.slice(0, -1)) {
        report.checked();
        const refused = (answers.get(first.paramsHash) ?? []).some(
          (call) => Math.abs(Date.parse(call.at) - first.at) < NEAR_MS && call.answer.startsWith('error:'),
        );
        if (last.at - first.at > MARKER_LIFE_MS && !refused)
          report.violation(`marker ${marker} sent again after ${Math.round((last.at - first.at) / 60_000)} min`, [first, last]);
      }
    }
  },

  early({ effects, byMark, byWall, database, sayings }, report) {
    const rows = new Map(database.publications.map((row) => [`${row.post} ${row.page}`, row]));
    for (const effect of effects) {
      const [post, page] = [byMark.get(effect.mark), byWall.get(`${effect.network} ${effect.owner}`)];
      const row = post && page && rows.get(`${post.post} ${page.page}`);
      if (!row) continue;
      report.checked();
      const promised = lastPromise(sayings.get(post.post) ?? [], page.page);
      const due = Math.min(Date.parse(row.dueAt), promised ?? Infinity);
      if (effect.leftAt < due) report.violation(`${due - effect.leftAt} ms before its time`, effect);
    }
  },
};

/** The time that was last promised; undefined when a later request may have changed it. */
function lastPromise(sayings, page) {
  const schedules = sayings.filter(({ kind, pages }) => kind === 'schedule' && pages.includes(page));
  const last = schedules.filter(isDone).at(-1);
  return last && !schedules.some((other) => isOpen(other) && other.sentAt > last.sentAt) ? last.due : undefined;
}
