import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { RequestInvalid, ScopeTooNarrow, VersionStale } from '../../platform/http/http.errors.js';
import type { Principal } from '../../platform/http/access.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { ClientsService } from '../tenancy/clients.service.js';
import type { RegionCode } from '../tenancy/regions.js';
import { holdReason } from './hold-reasons.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { QuietPeriodNotFound } from './publishing.errors.js';
import type { QuietKind, QuietPeriod } from './quiet-period.js';
import { QuietPeriodStore } from './quiet-period.store.js';

export interface QuietPeriodRequest {
  readonly clientId: string | null;
  readonly regionCode: RegionCode | null;
  readonly kind: QuietKind;
  readonly title: string;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

/** What a quiet period touches. */
@Injectable()
export class QuietParts {
  constructor(
    readonly periods: QuietPeriodStore,
    readonly records: PublicationRecords,
    readonly clients: ClientsService,
  ) {}
}

/** Mourning, emergency, election silence: everything is held at once, and released by people, never by itself. */
@Injectable()
export class QuietPeriodsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: QuietParts,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws ClientNotFound; ScopeTooNarrow; RequestInvalid when it ends before it begins */
  create(who: Principal, request: QuietPeriodRequest): Promise<QuietPeriod> {
    const { contractorId } = who;
    const startsAt = request.startsAt ?? this.clock.now();
    checkOrder(startsAt, request.endsAt);
    checkCover(request);
    refuseNarrow(who, request.clientId);
    return this.work.forTenant(who.scope, async (tx) => {
      if (request.clientId !== null) await this.parts.clients.require(tx, contractorId, request.clientId);
      const { clientId, regionCode, kind, title, endsAt } = request;
      const id = this.ids.next();
      await this.parts.periods.insert(tx, {
        contractorId,
        id,
        clientId,
        regionCode,
        kind,
        title,
        startsAt,
        endsAt,
        createdBy: who.memberId,
      });
      await this.record(tx, who, 'quietPeriod.created', { id, clientId });
      await this.holdCovered(tx, who);
      return this.require(tx, contractorId, id);
    });
  }

  list(who: Principal, query: PageQuery): Promise<Page<QuietPeriod>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.parts.periods.list(tx, who.contractorId, start), start, (row) => row),
    );
  }

  get(who: Principal, id: string): Promise<QuietPeriod> {
    return this.work.reading(who.scope, (tx) => this.require(tx, who.contractorId, id));
  }

  /** Ends it, or changes when it ends; what was held stays held until somebody releases it. @throws ScopeTooNarrow, VersionStale */
  change(who: Principal, id: string, changes: { title?: string; endsAt?: Date | null }, version?: number): Promise<QuietPeriod> {
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.require(tx, who.contractorId, id);
      refuseNarrow(who, before.clientId);
      checkOrder(before.startsAt, changes.endsAt ?? null);
      if (!(await this.parts.periods.change(tx, { contractorId: who.contractorId, id }, changes, version)))
        throw new VersionStale();
      await this.record(tx, who, 'quietPeriod.changed', before);
      await this.holdCovered(tx, who);
      return this.require(tx, who.contractorId, id);
    });
  }

  private async holdCovered(tx: Tx, who: Principal): Promise<void> {
    const reason = holdReason('quiet-period');
    for (const { id, clientId } of await this.parts.periods.holdCovered(tx, who.contractorId, reason)) {
      await this.parts.records.moved(tx, who, { id, clientId, state: 'held' }, { code: reason.code });
    }
  }

  private record(
    tx: Tx,
    who: Principal,
    action: string,
    { id, clientId }: { id: string; clientId: string | null },
  ): Promise<void> {
    return this.parts.records.audited(tx, who, {
      action,
      objectType: 'quietPeriod',
      objectId: id,
      ...(clientId && { clientId }),
    });
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<QuietPeriod> {
    const period = await this.parts.periods.find(tx, { contractorId, id });
    if (!period) throw new QuietPeriodNotFound();
    return period;
  }
}

/** A period of many clients is seen by all, and made and ended by those who see every client. */
function refuseNarrow({ scope }: Principal, clientId: string | null): void {
  if (clientId === null && scope.clientIds !== 'all') throw new ScopeTooNarrow();
}

function checkCover({ clientId, regionCode }: QuietPeriodRequest): void {
  if (clientId !== null && regionCode !== null)
    throw new RequestInvalid({ fields: [{ field: 'regionCode', reason: 'Name a client or a region, not both' }] });
}

function checkOrder(startsAt: Date, endsAt: Date | null): void {
  if (endsAt && endsAt <= startsAt)
    throw new RequestInvalid({ fields: [{ field: 'endsAt', reason: 'endsAt must be later than startsAt' }] });
}
