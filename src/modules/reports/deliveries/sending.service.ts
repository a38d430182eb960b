import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import { wallTimeOf } from '../../../platform/clock/zones.js';
import { type Letter, Mailer } from '../../../platform/mail/mailer.js';
import { russianDay } from '../../../platform/text/russian-day.js';
import { thawedReport } from '../document/report-document.js';
import { ReportFiles } from '../renderings/report-files.service.js';
import { ReportRows } from '../report-rows.service.js';
import { afterTry, type Delivery, waitSeconds } from './delivery.js';
import { type DeliveryKey, DeliveryStore } from './delivery.store.js';
import { letterText } from './letter.js';

const LINK_DAYS = 30;
/** Many servers take no more. */
const MOST_ATTACHED = 10 * 1024 * 1024;
const DIED = 'Отправка прервалась после передачи письма: неизвестно, принял ли его сервер';

/** Sends letters: claim, hand over, settle. A letter that may have arrived is not sent again. */
@Injectable()
export class SendingReports {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deliveries: DeliveryStore,
    private readonly rows: ReportRows,
    private readonly files: ReportFiles,
    private readonly mailer: Mailer,
  ) {}

  async send(key: DeliveryKey): Promise<void> {
    const scope = wholeContractor(key.contractorId);
    const claimed = await this.work.forTenant(scope, (tx) => this.deliveries.claim(tx, key));
    if (!claimed) return;
    const letter = await this.letterOf(key.contractorId, claimed);
    if (!letter) return this.work.forTenant(scope, (tx) => this.deliveries.putOff(tx, key));
    const { kind, answer } = await this.mailer.send(letter, async () => {
      const isOurs = await this.work.forTenant(scope, (tx) => this.deliveries.handOver(tx, key, claimed.tries));
      if (!isOurs) throw new Error('This try took too long: the letter is another worker’s');
    });
    const state = afterTry(kind, claimed.tries);
    const settled = { tries: claimed.tries, state, answer, waitSeconds: waitSeconds(claimed.tries) };
    await this.work.forTenant(scope, (tx) => this.deliveries.settle(tx, key, settled));
  }

  /** After a worker's death. */
  release(key: DeliveryKey): Promise<void> {
    return this.work.forTenant(wholeContractor(key.contractorId), (tx) => this.deliveries.release(tx, key, DIED));
  }

  /** Undefined: its files are not ready yet. */
  private async letterOf(
    contractorId: string,
    { id, reportId, number, recipient, createdAt }: Delivery,
  ): Promise<Letter | undefined> {
    const { files, text } = await this.work.reading(wholeContractor(contractorId), async (tx) => ({
      files: await this.rows.renderings.list(tx, { contractorId, reportId, number }),
      text: await this.rows.versions.text(tx, contractorId, reportId, number),
    }));
    if (text === undefined || files.some(({ state }) => state === 'waiting')) return undefined;
    const report = thawedReport(text);
    const { url, expiresAt } = this.files.linkTo(contractorId, { reportId, number }, LINK_DAYS);
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
