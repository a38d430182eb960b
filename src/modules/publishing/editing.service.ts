import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Credentials, EditOutcome, PostContent, Reason, SpendingCall } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { Clock } from '../../platform/clock/clock.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { Ids } from '../../platform/ids/ids.js';
import { worker } from '../audit/audit.js';
import { PostsService } from '../content/posts.service.js';
import { PagesService } from '../pages/pages.service.js';
import { contentOf, plannedContent } from './attachments.js';
import { Budgets } from './budgets.service.js';
import { compare, expectedOn } from './check.js';
import { SEND_WITHIN_MS } from './claim.store.js';
import { type EditSettlement, type SeenOnPage, settleEdit } from './edit.js';
import { EditReader, type ReadiedEdit } from './edit-reader.service.js';
import { EDIT_LOST, editHoldReason } from './edit-reasons.js';
import { type EditClaim, EditStore } from './edit.store.js';
import { parkedBySend } from './parking.js';
import { stopsPage } from './publication.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { Uploader, UPLOADING } from './uploader.service.js';

/** What editing reaches for outside its own rows. */
@Injectable()
export class EditingTools {
  constructor(
    readonly networks: Networks,
    readonly uploader: Uploader,
    readonly posts: PostsService,
    readonly pages: PagesService,
    readonly clock: Clock,
  ) {}
}

/** The rows that editing changes. */
@Injectable()
export class EditingRows {
  constructor(
    readonly edits: EditStore,
    readonly records: PublicationRecords,
    readonly budgets: Budgets,
    readonly ids: Ids,
  ) {}
}

/**
 * Makes one edit of a published post: what it brings along is uploaded, it is claimed, sent, and read back. An edit replaces
 * everything and names no date, so the same one may be sent again; what became of an unclear one the page itself tells.
 */
@Injectable()
export class EditingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: EditReader,
    private readonly rows: EditingRows,
    private readonly tools: EditingTools,
  ) {}

  async edit(contractorId: string, editId: string): Promise<void> {
    const found = await this.reader.read(contractorId, editId);
    if (!found || found.edit.endedAt) return;
    // An earlier try may have been heard after all. While it is being sent, whoever sends it looks.
    const { state, tries } = found.edit;
    if (state !== 'sending' && tries > 0) {
      if (!(await this.hasTurn(found, 'readPost'))) return;
      if ((await this.look(found)) === 'same') return this.settle(found, found.edit, { state: 'applied', verified: true });
    }
    if (!found.ready.credentials || !(await this.uploadAll(found, found.ready.credentials))) return this.holdIfShut(found);
    const readied = await this.reader.read(contractorId, editId);
    const content = readied && contentOf(readied.ready);
    if (!readied?.ready.credentials || !content || !(await this.hasTurn(readied, 'edit'))) return;
    const sendBefore = new Date(this.tools.clock.now().getTime() + SEND_WITHIN_MS);
    const claim = await this.claim(readied, content);
    if (!claim) return this.holdIfShut(readied);
    const outcome = await this.send(readied, readied.ready.credentials, content, sendBefore);
    // Without a turn it counts as not seen: the daily check of what stands on pages sees it.
    const mayLook = (await this.rows.budgets.turn(readied.ready, 'readPost')) === 0;
    const settlement = settleEdit(outcome, mayLook ? await this.look(readied) : 'unknown', claim.tries);
    await this.settle(readied, claim, settlement, outcome);
  }

  /** What is to wait for its turn says so; of what was sent already it stays said that nobody knows. Either is rung for again. */
  private async hasTurn(found: ReadiedEdit, call: SpendingCall): Promise<boolean> {
    const waitMs = await this.rows.budgets.turn(found.ready, call);
    if (waitMs > 0 && found.edit.state === 'waiting')
      await this.settle(found, found.edit, { state: 'waiting', reason: NO_TURN, againInSeconds: Math.ceil(waitMs / 1_000) });
    return waitMs === 0;
  }

  private claim({ edit, ready }: ReadiedEdit, content: PostContent): Promise<EditClaim | undefined> {
    const { contractorId, contentHash } = edit;
    const { edits, ids } = this.rows;
    const request = [ready.page.externalId, ready.publication.externalId, content];
    const requestSha256 = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    const claimed = this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      // Whoever edits the post or revokes its approval comes first, and wins, or finds it locked.
      if (!(await this.tools.posts.lockApproved(tx, contractorId, ready.publication.postId, contentHash))) return undefined;
      const claim = await edits.claim(tx, edit, { id: ids.next(), requestSha256 });
      if (!claim) throw new NothingClaimed();
      await edits.endAttempts(tx, { ...claim, belowFence: claim.fence }, { outcome: 'unclear', reason: EDIT_LOST });
      return claim;
    });
    return claimed.catch(nothingClaimed);
  }

  private async send(
    { ready }: ReadiedEdit,
    credentials: Credentials,
    content: PostContent,
    sendBefore: Date,
  ): Promise<EditOutcome> {
    const { network, externalId } = ready.publication;
    const page = { externalId: ready.page.externalId };
    return this.tools.networks.get(network).edit({ page, credentials, externalId: externalId!, content, sendBefore });
  }

  private async look({ ready }: ReadiedEdit): Promise<SeenOnPage> {
    const { credentials, publication, page } = ready;
    if (!credentials || publication.externalId === null) return 'unknown';
    const network = this.tools.networks.get(publication.network);
    const seen = await network.readPost({ externalId: page.externalId }, credentials, publication.externalId);
    if (seen.kind !== 'done') return 'unknown';
    return compare(expectedOn(network.limits, plannedContent(ready)), seen.value) === 'same' ? 'same' : 'different';
  }

  private async uploadAll(found: ReadiedEdit, credentials: Credentials): Promise<boolean> {
    const { edit, ready } = found;
    for (const attachment of ready.attachments) {
      if (attachment.id !== undefined) continue;
      if (!(await this.hasTurn(found, UPLOADING[attachment.kind]))) return false;
      const outcome = await this.tools.uploader.upload(ready, credentials, attachment);
      if (outcome.kind !== 'done') {
        const tries = edit.tries + 1;
        await this.settle(found, { ...edit, tries }, settleEdit(outcome, 'different', tries), outcome);
        return false;
      }
      const upload = { position: attachment.position, mediaSha256: attachment.sha256, attachment: outcome.value };
      await this.work.forTenant(wholeContractor(edit.contractorId), (tx) => this.rows.edits.putUpload(tx, edit, upload));
    }
    return true;
  }

  private async holdIfShut(found: ReadiedEdit): Promise<void> {
    const { contractorId } = found.edit;
    const code = await this.work.forTenant(wholeContractor(contractorId), (tx) => this.rows.edits.shutGate(tx, found.edit));
    if (code) await this.settle(found, found.edit, { state: 'held', reason: editHoldReason(code) });
  }

  private async settle(
    { edit, ready }: ReadiedEdit,
    by: Pick<EditClaim, 'contractorId' | 'id' | 'fence' | 'tries'>,
    settlement: EditSettlement,
    outcome?: EditOutcome,
  ): Promise<void> {
    const { contractorId, id, clientId, publicationId } = edit;
    const { edits, records, budgets } = this.rows;
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const kept = await edits.settle(tx, by, settlement);
      const reason = outcome && 'reason' in outcome ? { reason: outcome.reason } : {};
      const end = kept ? (outcome?.kind ?? 'unclear') : 'fenced';
      await edits.endAttempts(tx, { contractorId, id, belowFence: by.fence + 1 }, { outcome: end, ...reason });
      if (outcome && outcome.kind !== 'edited') {
        await budgets.park(tx, ready, parkedBySend(outcome));
        const stop = stopsPage(outcome);
        if (stop) await this.tools.pages.markBroken(tx, contractorId, ready.page, stop);
      }
      if (!kept) return;
      if (settlement.state === 'applied') await edits.apply(tx, edit);
      const { state } = settlement;
      if (state === 'applied' || state === 'refused' || state === 'held')
        await records.edited(tx, worker(contractorId), { publicationId, clientId, editId: id, state });
    });
  }
}

const NO_TURN: Reason = { code: 'no-turn', message: 'Ждём очереди: сеть принимает ограниченное число запросов' };

/** Rolls the post's lock back: nothing is sent, so it stays open to the people who write it. */
class NothingClaimed extends Error {}

function nothingClaimed(error: unknown): undefined {
  if (error instanceof NothingClaimed) return undefined;
  throw error;
}
