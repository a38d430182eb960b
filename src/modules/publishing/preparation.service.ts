import { Injectable } from '@nestjs/common';
import type { CallOutcome, Credentials, Network } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { Storage } from '../../platform/storage/storage.js';
import { worker } from '../audit/audit.js';
import { PagesService } from '../pages/pages.service.js';
import { PublicationReader, type Readied } from './publication-reader.service.js';
import { type PublicationState, waitSeconds } from './publication.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { UploadStore } from './upload.store.js';

type Refusal = Exclude<CallOutcome<string>, { kind: 'done' }>;

/** What preparing reaches for outside its own rows. */
@Injectable()
export class PreparationTools {
  constructor(
    readonly networks: Networks,
    readonly storage: Storage,
    readonly pages: PagesService,
  ) {}
}

/** Uploads a publication's photos before it is due. Repeatable at will: nothing public happens. */
@Injectable()
export class PreparationService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: PublicationReader,
    private readonly uploads: UploadStore,
    private readonly records: PublicationRecords,
    private readonly tools: PreparationTools,
  ) {}

  /** @returns true when everything that it needs is on the network. */
  async prepare(contractorId: string, publicationId: string): Promise<boolean> {
    const ready = await this.reader.read(contractorId, publicationId);
    if (!ready || ready.publication.state !== 'scheduled') return false;
    if (!ready.credentials) return ready.photos.length === 0;
    const of = { contractorId, clientId: ready.publication.clientId, publicationId };
    for (const photo of ready.photos) {
      if (photo.attachment !== undefined) continue;
      const outcome = await this.upload(ready, ready.credentials, photo);
      if (outcome.kind !== 'done') return this.giveWay(ready, outcome);
      const upload = { position: photo.position, mediaSha256: photo.sha256, attachment: outcome.value };
      await this.work.forTenant(wholeContractor(contractorId), (tx) => this.uploads.put(tx, of, upload));
    }
    await this.work.forTenant(wholeContractor(contractorId), (tx) => this.uploads.markPrepared(tx, of));
    return true;
  }

  private async upload(ready: Readied, credentials: Credentials, photo: Readied['photos'][number]): Promise<CallOutcome<string>> {
    const network: Network = this.tools.networks.get(ready.publication.network);
    const bytes = await this.tools.storage.get(ready.publication.contractorId, photo.storageKey);
    return network.uploadPhoto({ externalId: ready.page.externalId }, credentials, { bytes, type: photo.type });
  }

  private async giveWay(ready: Readied, outcome: Refusal): Promise<false> {
    const { contractorId, id, clientId } = ready.publication;
    const state: PublicationState = outcome.kind === 'retryLater' ? 'scheduled' : outcome.kind === 'refused' ? 'refused' : 'held';
    const againInSeconds = outcome.kind === 'retryLater' ? waitSeconds(outcome.afterMs) : 0;
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      if (state === 'held') await this.tools.pages.markBroken(tx, contractorId, ready.page, outcome.reason);
      const of = { contractorId, clientId, publicationId: id };
      const changed = await this.uploads.postpone(tx, of, { state, reason: outcome.reason, againInSeconds });
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
