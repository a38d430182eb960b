import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { ReportVersionEntity } from './report.entity.js';

export type NewReportVersion = Omit<ReportVersionEntity, 'frozenAt'>;

/** Which version: the newest, if no number is given. */
export interface VersionKey {
  readonly contractorId: string;
  readonly reportId: string;
  readonly number?: number | undefined;
}

@Injectable()
export class ReportVersionStore {
  async insert(tx: Tx, version: NewReportVersion): Promise<void> {
    await tx.insert(ReportVersionEntity, version);
  }

  /** Newest first. */
  list(tx: Tx, contractorId: string, reportId: string): Promise<ReportVersionEntity[]> {
    return tx.find(ReportVersionEntity, { where: { contractorId, reportId }, order: { number: 'DESC' } });
  }

  async find(tx: Tx, { contractorId, reportId, number }: VersionKey): Promise<ReportVersionEntity | null> {
    const where = { contractorId, reportId, ...(number !== undefined && { number }) };
    return tx.findOne(ReportVersionEntity, { where, order: { number: 'DESC' } });
  }

  /** The document to the letter. */
  async text(tx: Tx, contractorId: string, reportId: string, number: number): Promise<string | undefined> {
    const rows = await tx.query<{ document: string }[]>(
      'select document from report_versions where contractor_id = $1 and report_id = $2 and number = $3',
      [contractorId, reportId, number],
    );
    return rows[0]?.document;
  }
}
