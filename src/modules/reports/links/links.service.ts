import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../../platform/http/pagination.js';
import { Ids } from '../../../platform/ids/ids.js';
import { SignedLinks } from '../../../platform/storage/signed-links.js';
import { AuditService } from '../../audit/audit.service.js';
import { ReportFiles, type ReportFile } from '../renderings/report-files.service.js';
import { ReportLinkNotFound } from '../reports.errors.js';
import type { ReportLinkEntity } from './link.entity.js';
import { type LinkKey, ReportLinkStore } from './link.store.js';

/** Links made for this open nothing else. */
export const PAGE_LINK = 'report.page';

/** An address that opens the page of one version, for who has it. */
export interface LinkAddress {
  readonly url: string;
  readonly expiresAt: Date;
}

/** A link as people see it later; its address is told once. */
export type ReportLink = Omit<ReportLinkEntity, 'contractorId' | 'clientId'>;

/** The addresses of links. */
@Injectable()
export class LinkAddresses {
  constructor(
    private readonly links: SignedLinks,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  nextId(): string {
    return this.ids.next();
  }

  of({ contractorId, id, expiresAt }: Pick<ReportLinkEntity, 'contractorId' | 'id' | 'expiresAt'>): LinkAddress {
    const token = this.links.sign({ purpose: PAGE_LINK, contractorId, subject: id, expiresAt });
    return { url: `${this.links.publicUrl}/v1/report-pages/${token}`, expiresAt };
  }

  /** @throws ReportLinkNotFound for a link that is forged or over */
  read(token: string): LinkKey {
    const link = this.links.verify(token, PAGE_LINK, this.clock.now());
    if (link.kind === 'refused') throw new ReportLinkNotFound();
    return { contractorId: link.contractorId, id: link.subject };
  }
}

/** Links to the pages of frozen reports: made, listed, and taken back. */
@Injectable()
export class ReportLinks {
  constructor(
    private readonly work: UnitOfWork,
    private readonly links: ReportLinkStore,
    private readonly addresses: LinkAddresses,
    private readonly files: ReportFiles,
    private readonly audit: AuditService,
  ) {}

  /** Whoever has it reads that version until it ends, or is taken back. @throws ReportNotFound, ReportVersionNotFound */
  async make(
    who: Principal,
    reportId: string,
    wanted: { version?: number | undefined; days: number },
  ): Promise<LinkAddress & { id: string }> {
    const { contractorId, memberId: madeBy } = who;
    const { clientId, number } = await this.files.versionOf(who.scope, reportId, wanted.version);
    const id = this.addresses.nextId();
    return this.work.forTenant(who.scope, async (tx) => {
      await this.links.insert(tx, { contractorId, id, clientId, reportId, number, madeBy, recipient: null, days: wanted.days });
      const link = await this.require(tx, { contractorId, id }, reportId);
      await this.noted(tx, who, link, 'report.linkMade');
      return { id, ...this.addresses.of(link) };
    });
  }

  /** For a letter: each try has the same. @param letter the delivery, whose id the link has */
  ofLetter(
    contractorId: string,
    letter: Pick<ReportLinkEntity, 'id' | 'clientId' | 'reportId' | 'number'> & { readonly recipient: string },
    days: number,
  ): Promise<LinkAddress> {
    const { id, clientId, reportId, number, recipient } = letter;
    return this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      await this.links.insert(tx, { contractorId, id, clientId, reportId, number, madeBy: null, recipient, days });
      return this.addresses.of(await this.require(tx, { contractorId, id }, reportId));
    });
  }

  /** Newest first. @throws ReportNotFound */
  list(who: Principal, reportId: string, query: PageQuery): Promise<Page<ReportLink>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) => {
      await this.files.requireReport(tx, who.contractorId, reportId);
      return toPage(await this.links.list(tx, who.contractorId, reportId, start), start, (row) => row);
    });
  }

  /** It opens nothing any more; said again it changes nothing. @throws ReportLinkNotFound */
  revoke(who: Principal, reportId: string, id: string): Promise<void> {
    const key = { contractorId: who.contractorId, id };
    return this.work.forTenant(who.scope, async (tx) => {
      const link = await this.require(tx, key, reportId);
      if (await this.links.revoke(tx, key, who.memberId)) await this.noted(tx, who, link, 'report.linkRevoked');
    });
  }

  /** @throws ReportLinkNotFound for a link that is forged, over, taken back, or leads to what is not there */
  async page(token: string): Promise<ReportFile> {
    const key = this.addresses.read(token);
    const scope = wholeContractor(key.contractorId);
    const link = await this.work.forTenant(scope, (tx) => this.links.use(tx, key));
    if (!link) throw new ReportLinkNotFound();
    return this.files.read(scope, link.reportId, { format: 'html', version: link.number });
  }

  private async require(tx: Tx, key: LinkKey, reportId: string): Promise<ReportLinkEntity> {
    const link = await this.links.find(tx, key);
    if (link?.reportId !== reportId) throw new ReportLinkNotFound();
    return link;
  }

  private noted(tx: Tx, who: Principal, { id, clientId, reportId, number }: ReportLinkEntity, action: string): Promise<void> {
    const fact = { action, objectType: 'report', objectId: reportId, clientId };
    return this.audit.record(tx, who, { ...fact, details: { linkId: id, version: number } });
  }
}
