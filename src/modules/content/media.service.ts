import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { BodyTooLarge } from '../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { Storage, type StoredBytes } from '../../platform/storage/storage.js';
import { storageKey } from '../../platform/storage/storage-key.js';
import { ClientsService } from '../tenancy/clients.service.js';
import { MediaNotFound, MediaRefused } from './content.errors.js';
import { type IncomingFile, TooLong } from './incoming-file.js';
import { type Media, MEDIA_BYTES, publicTitle } from './media.js';
import type { MediaEntity } from './media.entity.js';
import { type Recognised, RECOGNISED_BY, recogniseMedia } from './media-recognition.js';
import { empty, tooLong, unsupported } from './media-rejection.js';
import { MediaStore } from './media.store.js';
import { inspectPhoto } from './photo-inspection.js';

/** What is known of an upload once it is stored. */
type Stored = Pick<Media, 'kind' | 'type' | 'bytes' | 'width' | 'height' | 'sha256' | 'title'> & { readonly storageKey: string };

/** For whom a file is stored, under which new id. */
interface Place {
  readonly contractorId: string;
  readonly clientId: string;
  readonly id: string;
}

const EXTENSION = { 'image/jpeg': 'jpg', 'image/png': 'png' } as const;

/**
 * Files of a client. Photos are stored as a clean copy: turned upright, without metadata (no place, no camera). Videos and
 * documents are stored as they came, piece by piece.
 */
@Injectable()
export class MediaService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly media: MediaStore,
    private readonly clients: ClientsService,
    private readonly storage: Storage,
    private readonly ids: Ids,
  ) {}

  /** @throws ClientNotFound, MediaRefused with the reason, BodyTooLarge, StorageFull */
  async upload(who: Principal, clientId: string, file: IncomingFile): Promise<Media> {
    const { contractorId } = who;
    try {
      await this.work.forTenant(who.scope, (tx) => this.clients.require(tx, contractorId, clientId));
      const id = this.ids.next();
      // The object first: a row without its bytes would be a broken photo, bytes without a row are only swept away.
      const stored = await this.store({ contractorId, clientId, id }, file);
      return await this.work.forTenant(who.scope, async (tx) => {
        const row = { contractorId, id, clientId, fileName: file.name, uploadedBy: who.memberId, ...stored };
        await this.media.insert(tx, row);
        return view(await this.require(tx, contractorId, id));
      });
    } catch (error) {
      await file.discard();
      throw error;
    }
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

  /** The stored bytes; the caller reads the stream to its end or destroys it. @throws MediaNotFound, ObjectNotFound */
  async file(who: Principal, id: string): Promise<StoredBytes & { media: Media }> {
    const row = await this.work.reading(who.scope, (tx) => this.require(tx, who.contractorId, id));
    return { ...(await this.storage.stream(who.contractorId, row.storageKey)), media: view(row) };
  }

  private async store(place: Place, file: IncomingFile): Promise<Stored> {
    const beginning = await file.beginning(RECOGNISED_BY);
    if (beginning.length === 0) throw refused(empty());
    const recognised = await recogniseMedia(beginning);
    if (recognised.kind === 'other') throw refused(unsupported(recognised.name));
    try {
      if (recognised.kind === 'photo') return await this.storePhoto(place, file);
      return await this.storeWhole(place, file, recognised);
    } catch (error) {
      if (!(error instanceof TooLong)) throw error;
      throw new BodyTooLarge({ fields: [{ field: 'file', reason: tooLong(recognised.kind) }] });
    }
  }

  private async storePhoto({ contractorId, clientId, id }: Place, file: IncomingFile): Promise<Stored> {
    const photo = await inspectPhoto(await buffer(file.read(MEDIA_BYTES.photo)));
    if (photo.kind === 'rejected') throw refused(photo.message);
    const { bytes, type, width, height, sha256 } = photo;
    const key = storageKey(contractorId, clientId, id, `photo.${EXTENSION[type]}`);
    await this.storage.put(contractorId, key, bytes, type);
    return { kind: 'photo', type, bytes: bytes.byteLength, width, height, sha256, title: null, storageKey: key };
  }

  private async storeWhole(
    { contractorId, clientId, id }: Place,
    file: IncomingFile,
    { kind, type, extension }: Extract<Recognised, { type: unknown }>,
  ): Promise<Stored> {
    const key = storageKey(contractorId, clientId, id, `${kind}.${extension}`);
    await this.storage.put(contractorId, key, file.read(MEDIA_BYTES[kind]), type);
    const title = publicTitle(file.name, kind, extension);
    return { kind, type, width: null, height: null, title, storageKey: key, ...file.measured() };
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<MediaEntity> {
    const row = await this.media.find(tx, contractorId, id);
    if (!row) throw new MediaNotFound();
    return row;
  }
}

function refused(message: { ru: string; en: string }): Error {
  return new MediaRefused({ message: message.en, fields: [{ field: 'file', reason: message.ru }] });
}

function view(row: MediaEntity): Media {
  const { id, clientId, kind, fileName, title, type, bytes, width, height, sha256, createdAt } = row;
  return { id, clientId, kind, fileName, title, type, bytes, width, height, sha256, createdAt };
}
