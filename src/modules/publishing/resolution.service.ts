import { Injectable } from '@nestjs/common';
import type { CallOutcome, FindResult, Reason, WallPost } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { Ids } from '../../platform/ids/ids.js';
import { worker } from '../audit/audit.js';
import { contentOf } from './attachments.js';
import { Budgets } from './budgets.service.js';
import { holdReason } from './hold-reasons.js';
import { PublicationReader, type Readied } from './publication-reader.service.js';
import { type LookResult, waitSeconds } from './publication.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { ResolutionStore } from './resolution.store.js';

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

/** What is known of it now, while nobody else can change it. */
interface Open {
  readonly looks: number;
  readonly withdrawn: boolean;
}

/** What resolving reaches for outside its own rows. */
@Injectable()
export class ResolutionTools {
  constructor(
    readonly networks: Networks,
    readonly budgets: Budgets,
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
    const ready = await this.reader.read(contractorId, publicationId);
    if (ready?.publication.state !== 'unclear') return;
    // Without a turn the sweep rings again: nothing has changed.
    if ((await this.tools.budgets.turn(ready, 'find')) > 0) return;
    const outcome = await this.look(ready);
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const open = await this.rows.lockDue(tx, ready.publication);
      if (!open) return;
      if (outcome.kind === 'retryLater') return this.rows.lookAgain(tx, ready.publication, waitSeconds(outcome), false);
      const seen = await this.judge(tx, ready, outcome);
      await this.keepLook(tx, ready, seen);
      await this.conclude(tx, ready, seen, open);
    });
  }

  private look(ready: Readied): Promise<CallOutcome<FindResult>> {
    const { publication, page, credentials } = ready;
    const content = contentOf(ready);
    if (!credentials || !content) return Promise.resolve({ kind: 'refused', reason: holdReason('cannot-look') });
    const from = new Date((publication.firstSentAt ?? publication.dueAt).getTime() - BEFORE_SEND_MS);
    const reference = { externalId: page.externalId };
    return this.tools.networks.get(publication.network).find({ page: reference, credentials, content, from, to: NO_END });
  }

  private async judge(
    tx: Tx,
    { publication }: Readied,
    outcome: Exclude<CallOutcome<FindResult>, { kind: 'retryLater' }>,
  ): Promise<Seen> {
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
    const known = await this.rows.newestKnown(tx, contractorId, pageId);
    const controlled = known === undefined || seen.some(({ externalId }) => externalId === known);
    const absent: LookResult = controlled ? 'absent' : 'noControl';
    const result: LookResult = matches.length === 0 ? absent : matches.length === 1 ? 'found' : 'several';
    return { result, seen: seen.length, matches, reason: null };
  }

  private keepLook(tx: Tx, { publication }: Readied, { result, seen, matches, reason }: Seen): Promise<void> {
    const { contractorId, clientId, id: publicationId } = publication;
    const shown = matches.map(({ externalId, url }) => ({ externalId, url }));
    const id = this.tools.ids.next();
    return this.rows.recordLook(tx, { contractorId, id, clientId, publicationId, result, seen, matches: shown, reason });
  }

  private async conclude(tx: Tx, ready: Readied, { result, matches, reason }: Seen, open: Open): Promise<void> {
    const { publication } = ready;
    const [match] = matches;
    if (result === 'found' && match) {
      if (await this.rows.adopt(tx, publication, match.externalId, match.url))
        await this.tell(tx, ready, 'published', { found: true });
    } else if (result === 'several') {
      await this.end(tx, ready, 'held', holdReason('found-several'));
    } else if (result === 'failed') {
      await this.end(tx, ready, 'held', reason ?? holdReason('cannot-look'));
    } else if (result === 'noControl' && !(await this.rows.markerIsFresh(tx, publication))) {
      // The post that should be seen was deleted on the page itself, perhaps: looking on would never end.
      await this.end(tx, ready, 'held', holdReason('no-control'));
    } else if (result === 'noControl' || open.looks + 1 < NEGATIVE_LOOKS) {
      await this.rows.lookAgain(tx, publication, BETWEEN_LOOKS_SECONDS, result === 'absent');
    } else {
      await this.absent(tx, ready, open);
    }
  }

  /** It is not there. VK drops a repeat with the same marker for an hour; OK has nothing like it, so a person decides. */
  private async absent(tx: Tx, ready: Readied, { withdrawn }: Open): Promise<void> {
    const { publication } = ready;
    if (withdrawn) return this.end(tx, ready, 'withdrawn', holdReason('absent'));
    const repeatable = publication.network === 'vk' && (await this.rows.markerIsFresh(tx, publication));
    const again = repeatable || publication.onAmbiguity === 'resend';
    await this.end(tx, ready, again ? 'scheduled' : 'held', holdReason('absent'));
  }

  private async end(tx: Tx, ready: Readied, state: 'scheduled' | 'held' | 'withdrawn', reason: Reason): Promise<void> {
    if (await this.rows.conclude(tx, ready.publication, state, reason)) await this.tell(tx, ready, state, { code: reason.code });
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
