import { Injectable } from '@nestjs/common';
import { Networks } from '../../networks/networks.js';
import { Clock } from '../../platform/clock/clock.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { Ids } from '../../platform/ids/ids.js';
import { worker } from '../audit/audit.js';
import { plannedContent } from './attachments.js';
import { PagesService } from '../pages/pages.service.js';
import { Budgets } from './budgets.service.js';
import { compare, expectedOn, nextCheckInHours, wallHash } from './check.js';
import { CheckStore } from './check.store.js';
import { PublicationReader } from './publication-reader.service.js';
import { PublicationRecords } from './publishing-parts.service.js';

/** What a check touches. */
@Injectable()
export class CheckParts {
  constructor(
    readonly checks: CheckStore,
    readonly records: PublicationRecords,
    readonly clock: Clock,
    readonly ids: Ids,
  ) {}
}

/** How a check asks the network, and what it says when the network refuses. */
@Injectable()
export class CheckCalls {
  constructor(
    readonly networks: Networks,
    readonly budgets: Budgets,
    readonly pages: PagesService,
  ) {}
}

/** Reads published posts back, soon and then daily: what was edited or deleted outside is told, never repaired by itself. */
@Injectable()
export class ChecksService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: PublicationReader,
    private readonly parts: CheckParts,
    private readonly calls: CheckCalls,
  ) {}

  async check(contractorId: string, publicationId: string): Promise<void> {
    const ready = await this.reader.read(contractorId, publicationId);
    const { publication, page, credentials } = ready ?? {};
    if (!ready || publication?.state !== 'published' || !publication.externalId || !publication.publishedAt || !page) return;
    const { checks, clock, ids, records } = this.parts;
    const { networks, budgets, pages } = this.calls;
    const network = networks.get(publication.network);
    const scope = wholeContractor(contractorId);
    // A page that is stopped is left alone. Without a turn the round rings again: nothing is urgent here.
    if (page.status !== 'connected') return this.work.forTenant(scope, (tx) => checks.putOff(tx, publication, 24));
    if ((await budgets.turn(ready, 'readPost')) > 0) return;
    const seen = credentials && (await network.readPost({ externalId: page.externalId }, credentials, publication.externalId));
    // While an edit is under way nobody knows what should stand there; it looks itself.
    if (await this.work.reading(scope, (tx) => checks.isBeingEdited(tx, publication)))
      return this.work.forTenant(scope, (tx) => checks.putOff(tx, publication, 1));
    // A page that can't be read now says nothing about the post.
    if (seen?.kind !== 'done')
      return this.work.forTenant(scope, async (tx) => {
        if (seen) await pages.lossSeen(tx, contractorId, page, seen);
        await checks.putOff(tx, publication, 24);
      });
    const result = compare(expectedOn(network.limits, plannedContent(ready)), seen.value);
    const ageHours = (clock.now().getTime() - publication.publishedAt.getTime()) / 3_600_000;
    const { id, clientId } = publication;
    await this.work.forTenant(scope, async (tx) => {
      const look = {
        text: seen.value?.text ?? null,
        photoCount: seen.value?.photoCount ?? null,
        sha256: seen.value ? wallHash(seen.value) : null,
      };
      const snapshot = { contractorId, id: ids.next(), clientId, publicationId: id, result, ...look };
      if (!(await checks.record(tx, snapshot, nextCheckInHours(ageHours)))) return;
      await records.drifted(tx, worker(contractorId), { id, clientId, drift: result });
    });
  }
}
