import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import { Mailer } from '../../../platform/mail/mailer.js';
import { afterTry, waitSeconds } from './delivery.js';
import { type DeliveryKey, DeliveryStore } from './delivery.store.js';
import { ReportLetters } from './letters.service.js';

const DIED = 'Отправка прервалась после передачи письма: неизвестно, принял ли его сервер';

/** Sends letters: claim, hand over, settle. A letter that may have arrived is not sent again. */
@Injectable()
export class SendingReports {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deliveries: DeliveryStore,
    private readonly letters: ReportLetters,
    private readonly mailer: Mailer,
  ) {}

  async send(key: DeliveryKey): Promise<void> {
    const scope = wholeContractor(key.contractorId);
    const claimed = await this.work.forTenant(scope, (tx) => this.deliveries.claim(tx, key));
    if (!claimed) return;
    const letter = await this.letters.write(key.contractorId, claimed);
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
}
