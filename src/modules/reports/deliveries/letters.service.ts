import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import { wallTimeOf } from '../../../platform/clock/zones.js';
import type { Letter } from '../../../platform/mail/mailer.js';
import { russianDay } from '../../../platform/text/russian-day.js';
import { thawedReport } from '../document/report-document.js';
import { ReportLinks } from '../links/links.service.js';
import { ReportFiles } from '../renderings/report-files.service.js';
import { ReportRows } from '../report-rows.service.js';
import type { Delivery } from './delivery.js';
import { letterText } from './letter.js';

const LINK_DAYS = 30;
/** Many servers take no more. */
const MOST_ATTACHED = 10 * 1024 * 1024;

/** Writes letters. */
@Injectable()
export class ReportLetters {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ReportRows,
    private readonly files: ReportFiles,
    private readonly links: ReportLinks,
  ) {}

  /** Each try has the same link. Undefined: the report's files are not ready yet. */
  async write(contractorId: string, delivery: Delivery): Promise<Letter | undefined> {
    const { id, reportId, number, recipient, createdAt } = delivery;
    const { files, text } = await this.work.reading(wholeContractor(contractorId), async (tx) => ({
      files: await this.rows.renderings.list(tx, { contractorId, reportId, number }),
      text: await this.rows.versions.text(tx, contractorId, reportId, number),
    }));
    if (text === undefined || files.some(({ state }) => state === 'waiting')) return undefined;
    const report = thawedReport(text);
    const { url, expiresAt } = await this.links.ofLetter(contractorId, delivery, LINK_DAYS);
    const opensUntil = russianDay(wallTimeOf(expiresAt, report.period.timeZone));
    return {
      ...{ messageId: `report-${id}@${new URL(url).hostname}`, to: recipient, date: createdAt },
      ...letterText(report, { url, opensUntil }),
      attachments: await this.attached(contractorId, reportId, number),
    };
  }

  private async attached(contractorId: string, reportId: string, version: number): Promise<Letter['attachments']> {
    const file = await this.files.ofVersion(contractorId, reportId, { format: 'pdf', version });
    if (!file) return [];
    if (file.size > MOST_ATTACHED) {
      file.bytes.destroy();
      return [];
    }
    return [{ filename: file.fileName, contentType: 'application/pdf', content: await buffer(file.bytes) }];
  }
}
