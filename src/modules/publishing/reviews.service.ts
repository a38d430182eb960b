import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { instantOf, wallTimeOf } from '../../platform/clock/zones.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid } from '../../platform/http/http.errors.js';
import { ClientsService } from '../tenancy/clients.service.js';
import { DecisionStore } from './decision.store.js';
import type { Publication } from './publication.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { DecisionRefused } from './publishing.errors.js';
import { QuietPeriodStore } from './quiet-period.store.js';

export interface ReviewRequest {
  readonly publicationIds: readonly string[];
  readonly decision: 'release' | 'giveUp';
  /** A wall time of each one's client; absent means now. */
  readonly publishAtLocal: string | null;
}

const IN_DOUBT = 'It may stand on the page: look there, and decide about this one alone';

/** What a review touches. */
@Injectable()
export class ReviewParts {
  constructor(
    readonly held: QuietPeriodStore,
    readonly decisions: DecisionStore,
    readonly records: PublicationRecords,
    readonly clients: ClientsService,
  ) {}
}

/** One decision for many held publications: after a quiet period, an outage or a lost contract. All or nothing. */
@Injectable()
export class ReviewsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: ReviewParts,
    private readonly clock: Clock,
  ) {}

  /** @throws DecisionRefused naming those that are not held, unknown, or may stand on the page */
  review(who: Principal, request: ReviewRequest): Promise<Publication[]> {
    return this.work.forTenant(who.scope, async (tx) => {
      const held = await this.parts.held.lockHeld(tx, who.contractorId, request.publicationIds);
      const fields = request.publicationIds.flatMap((id, i) => {
        const row = held.find((one) => one.id === id);
        if (row && !row.inDoubt) return [];
        return [{ field: `publicationIds.${i}`, reason: row ? IN_DOUBT : 'There is no held publication with this id' }];
      });
      if (fields.length > 0)
        throw new DecisionRefused({ message: 'Only held publications of which nothing was sent can be reviewed', fields });
      for (const publication of held) await this.settle(tx, who, publication, request);
      return Promise.all(held.map(({ id }) => this.parts.records.require(tx, who.contractorId, id)));
    });
  }

  private async settle(
    tx: Tx,
    who: Principal,
    { id, clientId }: { id: string; clientId: string },
    request: ReviewRequest,
  ): Promise<void> {
    const key = { contractorId: who.contractorId, id };
    const { records, decisions, held } = this.parts;
    if (request.decision === 'giveUp') {
      await decisions.giveUp(tx, key, 'held', { code: 'given-up', message: 'Решено не публиковать' });
      return records.moved(tx, who, { id, clientId, state: 'abandoned' }, { review: true });
    }
    const { timeZone } = await this.parts.clients.require(tx, who.contractorId, clientId);
    const dueAt = request.publishAtLocal === null ? this.clock.now() : instantOf(request.publishAtLocal, timeZone);
    if (dueAt.getTime() < this.clock.now().getTime() - 60_000) {
      throw new RequestInvalid({ fields: [{ field: 'publishAtLocal', reason: `This time is in the past in ${timeZone}` }] });
    }
    await held.release(tx, key, { dueAt, plannedLocal: wallTimeOf(dueAt, timeZone) });
    return records.moved(tx, who, { id, clientId, state: 'scheduled' }, { review: true, dueAt });
  }
}
