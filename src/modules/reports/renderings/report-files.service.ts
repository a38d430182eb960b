import { Injectable } from '@nestjs/common';
import { type Scope, wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { Storage, type StoredBytes } from '../../../platform/storage/storage.js';
import type { RenderingFormat } from '../rendering.js';
import type { ReportVersion } from '../report.js';
import { ReportRows } from '../report-rows.service.js';
import { ReportFileNotReady, ReportNotFound, ReportVersionNotFound } from '../reports.errors.js';

export interface ReportFile extends StoredBytes {
  readonly fileName: string;
  readonly sha256: string;
}

/** Files of frozen reports. */
@Injectable()
export class ReportFiles {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ReportRows,
    private readonly storage: Storage,
  ) {}

  /** @throws ReportNotFound, ReportVersionNotFound, ReportFileNotReady */
  file(who: Principal, reportId: string, wanted: { format: RenderingFormat; version?: number | undefined }): Promise<ReportFile> {
    return this.read(who.scope, reportId, wanted);
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

  /** For who may read it. @throws as `file` */
  async read(
    scope: Scope,
    reportId: string,
    { format, version }: { format: RenderingFormat; version?: number | undefined },
  ): Promise<ReportFile> {
    const { number } = await this.versionOf(scope, reportId, version);
    const { contractorId } = scope;
    const found = await this.work.reading(scope, (tx) => this.rows.renderings.list(tx, { contractorId, reportId, number }));
    const file = found.find((one) => one.format === format);
    if (!file?.storageKey || file.sha256 === null) throw new ReportFileNotReady();
    const stored = await this.storage.stream(contractorId, file.storageKey);
    return { ...stored, sha256: file.sha256, fileName: `report-${reportId}-v${number}.${format}` };
  }

  /** Which version is meant: the newest, if no number is given. @throws ReportNotFound, ReportVersionNotFound */
  versionOf(scope: Scope, reportId: string, number?: number): Promise<ReportVersion> {
    const { contractorId } = scope;
    return this.work.reading(scope, async (tx) => {
      await this.requireReport(tx, contractorId, reportId);
      const version = await this.rows.versions.find(tx, { contractorId, reportId, number });
      if (!version) throw new ReportVersionNotFound();
      return version;
    });
  }

  /** @throws ReportNotFound */
  async requireReport(tx: Tx, contractorId: string, id: string): Promise<void> {
    if (!(await this.rows.reports.find(tx, { contractorId, id }))) throw new ReportNotFound();
  }
}
