import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { RequestInvalid } from '../../../platform/http/http.errors.js';
import { type Page as PageOf, type PageQuery, pageStart, toPage } from '../../../platform/http/pagination.js';
import { Ids } from '../../../platform/ids/ids.js';
import { AuditService } from '../../audit/audit.service.js';
import { PagesService } from '../../pages/pages.service.js';
import { ClientsService } from '../../tenancy/clients.service.js';
import { dayOf } from '../../../platform/clock/days.js';
import { PageNotAudited } from '../metrics.errors.js';
import { AuditStore } from './audit.store.js';
import type { Checked, PageAudit, PageCheck } from './page-audit.js';
import { type Looked, PageAuditing } from './page-auditing.service.js';

/** What auditing asks of the modules below. */
@Injectable()
export class AuditSources {
  constructor(
    readonly pages: PagesService,
    readonly clients: ClientsService,
    readonly trail: AuditService,
    readonly ids: Ids,
    readonly clock: Clock,
  ) {}
}

/** Audits of pages, for people. */
@Injectable()
export class AuditsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly audits: AuditStore,
    private readonly auditing: PageAuditing,
    private readonly sources: AuditSources,
  ) {}

  /** As it stood on a day, today when absent: the audit of the last day before that was audited. @throws PageNotFound, PageNotAudited */
  read(who: Principal, pageId: string, day?: string): Promise<PageAudit> {
    return this.work.reading(who.scope, async (tx) => {
      const { timeZone } = await this.look(tx, who.contractorId, pageId);
      const wanted = day ?? dayOf(this.sources.clock.now(), timeZone);
      const audit = await this.audits.last(tx, who.contractorId, pageId, wanted);
      if (!audit) throw new PageNotAudited();
      return audit;
    });
  }

  /** Newest first. @throws PageNotFound */
  checks(who: Principal, pageId: string, query: PageQuery): Promise<PageOf<PageCheck>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) => {
      await this.sources.pages.require(tx, who.contractorId, pageId);
      return toPage(await this.audits.checks(tx, who.contractorId, pageId, start), start, (row) => row);
    });
  }

  /** Enters what a person saw; the page is scored anew at once. @throws PageNotFound, RequestInvalid */
  check(who: Principal, pageId: string, seen: { subject: Checked; value: number; note: string | null }): Promise<PageCheck> {
    const { ids, clock, trail } = this.sources;
    const { contractorId, memberId } = who;
    if (seen.subject !== 'widgets' && seen.value > 1)
      throw new RequestInvalid({ fields: [{ field: 'value', reason: 'value must be 0 or 1: only widgets are counted' }] });
    return this.work.forTenant(who.scope, async (tx) => {
      const looked = await this.look(tx, contractorId, pageId);
      const { clientId } = looked.page;
      const check = { id: ids.next(), pageId, ...seen, checkedBy: memberId };
      await this.audits.insertCheck(tx, { contractorId, clientId, pageId }, check);
      const { subject, value } = seen;
      const fact = { action: 'page.checked', objectType: 'page', objectId: pageId, clientId, details: { subject, value } };
      await trail.record(tx, who, fact);
      const now = clock.now();
      await this.auditing.again(tx, looked, now);
      return { ...check, checkedAt: now };
    });
  }

  private async look(tx: Tx, contractorId: string, pageId: string): Promise<Looked> {
    const page = await this.sources.pages.require(tx, contractorId, pageId);
    const { timeZone } = await this.sources.clients.require(tx, contractorId, page.clientId);
    return { contractorId, page, timeZone };
  }
}
