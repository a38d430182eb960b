import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import { MediaEntity } from './media.entity.js';

@Injectable()
export class MediaStore {
  async insert(tx: Tx, media: Omit<MediaEntity, 'createdAt'>): Promise<void> {
    await tx.insert(MediaEntity, media);
  }

  find(tx: Tx, contractorId: string, id: string): Promise<MediaEntity | null> {
    return tx.findOneBy(MediaEntity, { contractorId, id });
  }

  findAll(tx: Tx, contractorId: string, clientId: string, ids: readonly string[]): Promise<MediaEntity[]> {
    return tx.find(MediaEntity, { where: { contractorId, clientId, id: In([...ids]) }, order: { id: 'ASC' } });
  }

  list(tx: Tx, contractorId: string, clientId: string, start: PageStart): Promise<MediaEntity[]> {
    return tx.find(MediaEntity, {
      where: { contractorId, clientId, id: LessThan(start.beforeId) },
      order: { id: 'DESC' },
      take: start.limit + 1,
    });
  }
}
