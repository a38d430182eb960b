import { Injectable } from '@nestjs/common';
import type { CallOutcome, Credentials } from '../../networks/network.js';
import { uploadTimeoutMs } from '../../networks/wire.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { worker } from '../audit/audit.js';
import { PagesService } from '../pages/pages.service.js';
import { Budgets } from './budgets.service.js';
import { holdReason } from './hold-reasons.js';
import { parkedByCall } from './parking.js';
import { PublicationReader, type Readied } from './publication-reader.service.js';
import { type PublicationState, waitSeconds } from './publication.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { UploadStore } from './upload.store.js';
import { Uploader, UPLOADING } from './uploader.service.js';

type Refusal = Exclude<CallOutcome<string>, { kind: 'done' }>;

/** What preparing reaches for outside its own rows. */
@Injectable()
export class PreparationTools {
  constructor(
    readonly uploader: Uploader,
    readonly pages: PagesService,
    readonly budgets: Budgets,
  ) {}
}

/** Uploads what a publication carries before it is due. Repeatable at will: nothing public happens. */
@Injectable()
export class PreparationService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: PublicationReader,
    private readonly uploads: UploadStore,
    private readonly records: PublicationRecords,
    private readonly tools: PreparationTools,
  ) {}

  /** What can't be prepared counts as prepared when the gates of the claim hold it anyway, and say why. */
  async prepare(contractorId: string, publicationId: string): Promise<void> {
    const ready = await this.reader.read(contractorId, publicationId);
    if (ready && (ready.publication.state !== 'scheduled' || ready.publication.preparedAt)) return;
    const asked = ready?.page.status === 'connected' ? ready.credentials : undefined;
    if (ready && asked && !(await this.uploadAll(ready, asked))) return;
    await this.work.forTenant(wholeContractor(contractorId), async (tx) =>
      this.uploads.markPrepared(tx, { contractorId, publicationId }, ready ? await this.tools.budgets.open(tx, ready) : null),
    );
  }

  private async uploadAll(ready: Readied, credentials: Credentials): Promise<boolean> {
    const { contractorId, clientId, id: publicationId } = ready.publication;
    const of = { contractorId, clientId, publicationId };
    for (const attachment of ready.attachments) {
      if (attachment.id !== undefined) continue;
      const waitMs = await this.tools.budgets.turn(ready, UPLOADING[attachment.kind]);
      if (waitMs > 0) return this.waitForTurn(ready, waitMs);
      // Or it would be rung for and uploaded a second time while it is on its way.
      if (attachment.kind === 'video' || attachment.kind === 'document')
        await this.waitForTurn(ready, uploadTimeoutMs(attachment.media.bytes));
      const outcome = await this.tools.uploader.upload(ready, credentials, attachment);
      if (outcome.kind !== 'done') return this.giveWay(ready, outcome);
      const upload = { position: attachment.position, mediaSha256: attachment.sha256, attachment: outcome.value };
      await this.work.forTenant(wholeContractor(contractorId), (tx) => this.uploads.put(tx, of, upload));
    }
    return true;
  }

  private async waitForTurn({ publication }: Readied, waitMs: number): Promise<false> {
    const { contractorId, id: publicationId } = publication;
    await this.work.forTenant(wholeContractor(contractorId), (tx) =>
      this.uploads.waitForTurn(tx, { contractorId, publicationId }, waitMs / 1_000),
    );
    return false;
  }

  private async giveWay(ready: Readied, outcome: Refusal): Promise<false> {
    const { contractorId, id, clientId } = ready.publication;
    const state: PublicationState = outcome.kind === 'retryLater' ? 'scheduled' : outcome.kind === 'refused' ? 'refused' : 'held';
    const againInSeconds = outcome.kind === 'retryLater' ? waitSeconds(outcome) : 0;
    // Nothing was sent: it is held because of the page, and goes on with it.
    const reason = state === 'held' ? { ...outcome.reason, code: holdReason('page-not-connected').code } : outcome.reason;
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      if (state === 'held') await this.tools.pages.markBroken(tx, contractorId, ready.page, outcome.reason);
      await this.tools.budgets.park(tx, ready, parkedByCall(outcome));
      const of = { contractorId, clientId, publicationId: id };
      const changed = await this.uploads.postpone(tx, of, { state, reason, againInSeconds });
      if (changed && state !== 'scheduled') {
        await this.records.moved(
          tx,
          worker(contractorId),
          { id, clientId, state },
          { code: outcome.reason.code, while: 'preparing' },
        );
      }
    });
    return false;
  }
}
