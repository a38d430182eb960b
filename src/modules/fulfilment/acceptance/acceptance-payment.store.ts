import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Tx } from '../../../platform/database/work.js';
import type { Payment } from './acceptance.js';
import { AcceptancePaymentEntity } from './acceptance.entity.js';

@Injectable()
export class AcceptancePaymentStore {
  async insert(tx: Tx, payment: Omit<AcceptancePaymentEntity, 'recordedAt'>): Promise<void> {
    await tx.insert(AcceptancePaymentEntity, payment);
  }

  /** By acceptance, in the order in which they were recorded. */
  list(tx: Tx, contractorId: string, acceptanceIds: readonly string[]): Promise<Payment[]> {
    if (acceptanceIds.length === 0) return Promise.resolve([]);
    const where = { contractorId, acceptanceId: In([...acceptanceIds]) };
    return tx.find(AcceptancePaymentEntity, { where, order: { acceptanceId: 'ASC', id: 'ASC' } });
  }
}
