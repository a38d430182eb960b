import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { worker } from '../audit/audit.js';
import { holdReason } from './hold-reasons.js';
import { PublicationReader } from './publication-reader.service.js';
import { waitSeconds } from './publication.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { ResolutionTools } from './resolution.service.js';
import { ResolutionStore } from './resolution.store.js';

/** Carries out a withdrawal that came after the point of no return: the post is deleted on the network. */
@Injectable()
export class DeletionService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: PublicationReader,
    private readonly rows: ResolutionStore,
    private readonly records: PublicationRecords,
    private readonly tools: ResolutionTools,
  ) {}

  /** Safe to repeat: a post that is gone already counts as deleted. */
  async delete(contractorId: string, publicationId: string): Promise<void> {
    const ready = await this.reader.read(contractorId, publicationId);
    if (!ready) return;
    const { publication, page, credentials } = ready;
    if (!publication.withdrawRequestedAt || publication.state !== 'published' || publication.externalId === null) return;
    // Without a turn the sweep rings again.
    if ((await this.tools.budgets.turn(ready, 'delete')) > 0) return;
    // A page that is stopped is left alone; when it is connected again this is tried again.
    const outcome =
      credentials && page.status === 'connected'
        ? await this.tools.networks
            .get(publication.network)
            .delete({ externalId: page.externalId }, credentials, publication.externalId)
        : ({ kind: 'refused', reason: holdReason('page-not-connected') } as const);
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      if (outcome.kind === 'done') {
        if (!(await this.rows.deleted(tx, publication))) return;
        await this.records.moved(
          tx,
          worker(contractorId),
          { id: publicationId, clientId: publication.clientId, state: 'deleted' },
          {},
        );
      } else {
        await this.tools.pages.lossSeen(tx, contractorId, page, outcome);
        await this.rows.deleteLater(tx, publication, outcome.kind === 'retryLater' ? waitSeconds(outcome) : null, outcome.reason);
      }
    });
  }
}
