import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { type Scope, wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { SignedLinks } from '../../../platform/storage/signed-links.js';
import { Storage, type StoredBytes } from '../../../platform/storage/storage.js';
import type { RenderingFormat } from '../rendering.js';
import { ReportRows } from '../report-rows.service.js';
import { ReportFileNotReady, ReportLinkNotFound, ReportNotFound, ReportVersionNotFound } from '../reports.errors.js';

/** Links made for this open nothing else. */
export const PAGE_LINK = 'report.page';
const DAY_MS = 86_400_000;

export interface ReportLink {
  readonly url: string;
  readonly expiresAt: Date;
}

export interface ReportFile extends StoredBytes {
  readonly fileName: string;
  readonly sha256: string;
}

/** Files of frozen reports: for members, and for whoever has a link. */
@Injectable()
export class ReportFiles {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ReportRows,
    private readonly storage: Storage,
    private readonly links: SignedLinks,
    private readonly clock: Clock,
  ) {}

  /** @throws ReportNotFound, ReportVersionNotFound, ReportFileNotReady */
  file(who: Principal, reportId: string, wanted: { format: RenderingFormat; version?: number | undefined }): Promise<ReportFile> {
    return this.read(who.scope, reportId, wanted);
  }

  /** A link to the page of one version; whoever has it reads that version until it ends. @throws as `file` */
  async link(who: Principal, reportId: string, wanted: { version?: number | undefined; days: number }): Promise<ReportLink> {
    const number = await this.numberOf(who.scope, reportId, wanted.version);
    return this.linkTo(who.contractorId, { reportId, number }, wanted.days);
  }

  linkTo(contractorId: string, { reportId, number }: { reportId: string; number: number }, days: number): ReportLink {
    const expiresAt = new Date(this.clock.now().getTime() + days * DAY_MS);
    const token = this.links.sign({ purpose: PAGE_LINK, contractorId, subject: `${reportId}/${number}`, expiresAt });
    return { url: `${this.links.publicUrl}/v1/report-pages/${token}`, expiresAt };
  }

  /** For letters. Undefined: it could not be made. */
  async ofVersion(
    contractorId: string,
    reportId: string,
    wanted: { format: RenderingFormat; version: number },
  ): Promise<ReportFile | undefined> {
    return this.read(wholeContractor(contractorId), reportId, wanted).catch((error: unknown) => {
      if (error instanceof ReportFileNotReady) return undefined;
      throw error;
    });
  }

  /** @throws ReportLinkNotFound for a link that is forged, over, or leads to what is not there */
  async page(token: string): Promise<ReportFile> {
    const link = this.links.verify(token, PAGE_LINK, this.clock.now());
    if (link.kind === 'refused') throw new ReportLinkNotFound();
    const [reportId = '', number] = link.subject.split('/');
    return this.read(wholeContractor(link.contractorId), reportId, { format: 'html', version: Number(number) });
  }

  private async read(
    scope: Scope,
    reportId: string,
    { format, version }: { format: RenderingFormat; version?: number | undefined },
  ): Promise<ReportFile> {
    const number = await this.numberOf(scope, reportId, version);
    const { contractorId } = scope;
    const found = await this.work.reading(scope, (tx) => this.rows.renderings.list(tx, { contractorId, reportId, number }));
    const file = found.find((one) => one.format === format);
    if (!file?.storageKey || file.sha256 === null) throw new ReportFileNotReady();
    const stored = await this.storage.stream(contractorId, file.storageKey);
    return { ...stored, sha256: file.sha256, fileName: `report-${reportId}-v${number}.${format}` };
  }

  private async numberOf(scope: Scope, reportId: string, number?: number): Promise<number> {
    const { contractorId } = scope;
    return this.work.reading(scope, async (tx) => {
      if (!(await this.rows.reports.find(tx, { contractorId, id: reportId }))) throw new ReportNotFound();
      const version = await this.rows.versions.find(tx, { contractorId, reportId, number });
      if (!version) throw new ReportVersionNotFound();
      return version.number;
    });
  }
}
