import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { Storage } from '../../platform/storage/storage.js';
import { storageKey } from '../../platform/storage/storage-key.js';
import { ClientsService } from '../tenancy/clients.service.js';
import { MediaNotFound, PhotoRefused } from './content.errors.js';
import type { MediaEntity } from './media.entity.js';
import { MediaStore } from './media.store.js';
import { inspectPhoto } from './photo-inspection.js';

export interface Media {
  readonly id: string;
  readonly clientId: string;
  /** As the uploader named it; for people only. */
  readonly fileName: string;
  readonly type: 'image/jpeg' | 'image/png';
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly sha256: string;
  readonly createdAt: Date;
}

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const EXTENSION = { 'image/jpeg': 'jpg', 'image/png': 'png' } as const;

/** Photos of a client. What is stored is a clean copy: turned upright, without metadata (no place, no camera). */
@Injectable()
export class MediaService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly media: MediaStore,
    private readonly clients: ClientsService,
    private readonly storage: Storage,
    private readonly ids: Ids,
  ) {}

  /** @throws ClientNotFound, PhotoRefused with the reason, StorageFull */
  async upload(who: Principal, clientId: string, file: UploadedFile): Promise<Media> {
    await this.work.forTenant(who.scope, (tx) => this.clients.require(tx, who.contractorId, clientId));
    const photo = await inspectPhoto(file.bytes);
    if (photo.kind === 'rejected')
      throw new PhotoRefused({ message: photo.message.en, fields: [{ field: 'file', reason: photo.message.ru }] });
    const id = this.ids.next();
    const key = storageKey(who.contractorId, clientId, id, `photo.${EXTENSION[photo.type]}`);
    // The object first: a row without its bytes would be a broken photo, bytes without a row are only swept away.
    await this.storage.put(who.contractorId, key, photo.bytes, photo.type);
    return this.work.forTenant(who.scope, async (tx) => {
      await this.media.insert(tx, {
        ...{ contractorId: who.contractorId, id, clientId, fileName: file.name, uploadedBy: who.memberId, storageKey: key },
        ...{ type: photo.type, bytes: photo.bytes.byteLength, width: photo.width, height: photo.height, sha256: photo.sha256 },
      });
      return view(await this.require(tx, who.contractorId, id));
    });
  }

  list(who: Principal, clientId: string, query: PageQuery): Promise<Page<Media>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) => {
      await this.clients.require(tx, who.contractorId, clientId);
      return toPage(await this.media.list(tx, who.contractorId, clientId, start), start, view);
    });
  }

  /** @throws MediaNotFound */
  get(who: Principal, id: string): Promise<Media> {
    return this.work.reading(who.scope, async (tx) => view(await this.require(tx, who.contractorId, id)));
  }

  /** The stored bytes. @throws MediaNotFound */
  async file(who: Principal, id: string): Promise<{ bytes: Uint8Array; type: string }> {
    const row = await this.work.reading(who.scope, (tx) => this.require(tx, who.contractorId, id));
    return { bytes: await this.storage.get(who.contractorId, row.storageKey), type: row.type };
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<MediaEntity> {
    const row = await this.media.find(tx, contractorId, id);
    if (!row) throw new MediaNotFound();
    return row;
  }
}

function view(row: MediaEntity): Media {
  const { id, clientId, fileName, type, bytes, width, height, sha256, createdAt } = row;
  return { id, clientId, fileName, type, bytes, width, height, sha256, createdAt };
}
