import { Injectable } from '@nestjs/common';
import type { CallOutcome, FindOutcome, FindResult, Reason, WallPost } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { Ids } from '../../platform/ids/ids.js';
import { worker } from '../audit/audit.js';
import { PagesService } from '../pages/pages.service.js';
import { contentOf } from './attachments.js';
import { Budgets } from './budgets.service.js';
import { holdReason } from './hold-reasons.js';
import { PublicationReader, type Readied } from './publication-reader.service.js';
import { type LookResult, waitSeconds } from './publication.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { type Conclusion, type Open, ResolutionStore } from './resolution.store.js';

/** Two negative looks, this far apart, make "absent". */
const NEGATIVE_LOOKS = 2;
const BETWEEN_LOOKS_SECONDS = 60;
/** Clocks of networks differ from ours by less. */
const BEFORE_SEND_MS = 60_000;
/** What stands on the page has been published: an end by the worker's own clock, were it slow, would hide it and send it twice. */
const NO_END = new Date(8_640_000_000_000_000);

interface Seen {
  readonly result: LookResult;
  readonly seen: number;
  readonly matches: readonly WallPost[];
  readonly reason: Reason | null;
}

/** What resolving reaches for outside its own rows. */
@Injectable()
export class ResolutionTools {
  constructor(
    readonly networks: Networks,
    readonly budgets: Budgets,
    readonly pages: PagesService,
    readonly ids: Ids,
  ) {}
}

/** Finds out what became of a publication whose outcome is unclear, by looking at the page, never by sending again first. */
@Injectable()
export class ResolutionService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: PublicationReader,
    private readonly rows: ResolutionStore,
    private readonly records: PublicationRecords,
    private readonly tools: ResolutionTools,
  ) {}

  async resolve(contractorId: string, publicationId: string): Promise<void> {
    const scope = wholeContractor(contractorId);
    const begun = await this.work.reading(scope, (tx) => this.rows.due(tx, { contractorId, id: publicationId }));
    const ready = begun && (await this.reader.read(contractorId, publicationId));
    if (!ready) return;
    // Without a turn the sweep rings again: nothing has changed.
    if ((await this.tools.budgets.turn(ready, 'find')) > 0) return;
    const outcome = await this.look(ready);
    await this.work.forTenant(scope, async (tx) => {
      const open = await this.rows.lockUnclear(tx, begun);
      if (!open) return;
      await this.tools.pages.lossSeen(tx, contractorId, ready.page, outcome);
      if (outcome.kind === 'retryLater' && open.counts && !open.tooLong)
        return this.rows.lookAgain(tx, ready.publication, waitSeconds(outcome), false);
      const seen = await this.judge(tx, ready, outcome);
      // What stands there is news at any time; what does not must have been looked for in its turn.
      if (seen.result !== 'found' && !open.counts) return;
      await this.keepLook(tx, ready, seen);
      await this.conclude(tx, ready, seen, { ...open, looks: begun.looks });
    });
  }

  private async look(ready: Readied): Promise<FindOutcome> {
    const { publication, page, credentials } = ready;
    const content = contentOf(ready);
    if (!credentials || !content) return { kind: 'refused', reason: holdReason('cannot-look') };
    const from = new Date((publication.firstSentAt ?? publication.dueAt).getTime() - BEFORE_SEND_MS);
    const reference = { externalId: page.externalId };
    const { network, contractorId } = publication;
    const found = await this.tools.networks.get(network).find({ page: reference, credentials, content, from, to: NO_END });
    await this.tools.budgets.made({ contractorId, network, credentials }, 'find', found.requests);
    return found;
  }

  private async judge(tx: Tx, { publication }: Readied, outcome: CallOutcome<FindResult>): Promise<Seen> {
    if (outcome.kind !== 'done') return { result: 'failed', seen: 0, matches: [], reason: outcome.reason };
    const { contractorId, pageId } = publication;
    const { matches: all, seen } = outcome.value;
    const owned = await this.rows.owned(
      tx,
      contractorId,
      pageId,
      all.map(({ externalId }) => externalId),
    );
    const matches = all.filter(({ externalId }) => !owned.includes(externalId));
    const absent: LookResult = (await this.isFresh(tx, publication, seen)) ? 'absent' : 'noControl';
    const result: LookResult = matches.length === 0 ? absent : matches.length === 1 ? 'found' : 'several';
    return { result, seen: seen.length, matches, reason: null };
  }

  /**
   * The positive control: the page shows the newest post that we know to be on it, or something newer. On a page of which we
   * know nothing it must show something that came after the send had settled.
   */
  private async isFresh(tx: Tx, publication: Readied['publication'], seen: readonly WallPost[]): Promise<boolean> {
    const known = await this.rows.newestKnown(tx, publication.contractorId, publication.pageId);
    const since = known?.publishedAt ?? publication.settlesAt;
    return seen.some((post) => post.externalId === known?.externalId || (since !== null && post.publishedAt >= since));
  }

  private keepLook(tx: Tx, { publication }: Readied, { result, seen, matches, reason }: Seen): Promise<void> {
    const { contractorId, clientId, id: publicationId } = publication;
    const shown = matches.map(({ externalId, url }) => ({ externalId, url }));
    const id = this.tools.ids.next();
    return this.rows.recordLook(tx, { contractorId, id, clientId, publicationId, result, seen, matches: shown, reason });
  }

  private async conclude(
    tx: Tx,
    ready: Readied,
    { result, matches, reason }: Seen,
    open: Open & { looks: number },
  ): Promise<void> {
    const { publication } = ready;
    const [match] = matches;
    if (result === 'found' && match) {
      if (await this.rows.adopt(tx, publication, match.externalId, match.url))
        await this.tell(tx, ready, 'published', { found: true });
    } else if (result === 'several') {
      await this.end(tx, ready, inDoubt(holdReason('found-several')));
    } else if (result === 'failed') {
      await this.end(tx, ready, inDoubt(reason ?? holdReason('cannot-look')));
    } else if (result === 'noControl' && open.tooLong) {
      // The post that should be seen was deleted on the page itself, perhaps: looking on would never end.
      await this.end(tx, ready, inDoubt(holdReason('no-control')));
    } else if (result === 'noControl' || open.looks + 1 < NEGATIVE_LOOKS) {
      await this.rows.lookAgain(tx, publication, BETWEEN_LOOKS_SECONDS, result === 'absent');
    } else {
      await this.absent(tx, ready, open);
    }
  }

  /** It is not there. VK drops a repeat with the same marker for an hour; OK has nothing like it, so a person decides. */
  private async absent(tx: Tx, ready: Readied, { withdrawn }: Open): Promise<void> {
    const { publication } = ready;
    const known = { reason: holdReason('absent'), inDoubt: false };
    if (withdrawn) return this.end(tx, ready, { ...known, state: 'withdrawn', byMarker: false });
    const resend = publication.onAmbiguity === 'resend';
    const byMarker = !resend && publication.network === 'vk' && (await this.rows.markerIsFresh(tx, publication));
    await this.end(tx, ready, { ...known, state: resend || byMarker ? 'scheduled' : 'held', byMarker });
  }

  private async end(tx: Tx, ready: Readied, conclusion: Conclusion): Promise<void> {
    const { state, reason } = conclusion;
    if (await this.rows.conclude(tx, ready.publication, conclusion)) await this.tell(tx, ready, state, { code: reason.code });
  }

  private tell(
    tx: Tx,
    { publication }: Readied,
    state: 'published' | 'scheduled' | 'held' | 'withdrawn',
    details: object,
  ): Promise<void> {
    const { contractorId, id, clientId } = publication;
    return this.records.moved(tx, worker(contractorId), { id, clientId, state }, details);
  }
}

/** A person must look: the machine could not. */
function inDoubt(reason: Reason): Conclusion {
  return { state: 'held', reason, inDoubt: true, byMarker: false };
}
