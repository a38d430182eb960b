import { Controller, Get, Header, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { BodyTooLarge } from '../../platform/http/http.errors.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../platform/http/pagination.js';
import { ObjectNotFound, StorageFull } from '../../platform/storage/storage.errors.js';
import { ClientNotFound } from '../tenancy/tenancy.errors.js';
import { MediaNotFound, MediaRefused } from './content.errors.js';
import './content.permissions.js';
import type { IncomingFile } from './incoming-file.js';
import { MediaPage, MediaResponse } from './media.dto.js';
import { MEDIA_TYPES } from './media.js';
import { MediaService } from './media.service.js';
import { MediaFile, TakesMedia } from './uploaded-file.decorator.js';

@Controller('v1')
export class MediaController {
  constructor(private readonly media: MediaService) {}

  /**
   * Upload a photo, video or document for a client's posts; its content tells what it is, not its name. A photo is stored without
   * metadata: no place, no camera. Videos and documents are stored as they are.
   */
  @Post('clients/:clientId/media')
  @Requires('media.write')
  @TakesMedia()
  @Fails(ClientNotFound, MediaRefused, BodyTooLarge, StorageFull)
  async upload(@Who() who: Principal, @Id('clientId') clientId: string, @MediaFile() file: IncomingFile): Promise<MediaResponse> {
    return MediaResponse.of(await this.media.upload(who, clientId, file));
  }

  /** List a client's photos, videos and documents, newest first. */
  @Get('clients/:clientId/media')
  @Requires('media.read')
  @Fails(ClientNotFound)
  async list(@Who() who: Principal, @Id('clientId') clientId: string, @Query() query: PageQuery): Promise<MediaPage> {
    return mapPage(await this.media.list(who, clientId, query), MediaResponse.of);
  }

  /** Read what is known of a photo, video or document. */
  @Get('media/:mediaId')
  @Requires('media.read')
  @Fails(MediaNotFound)
  async get(@Who() who: Principal, @Id('mediaId') mediaId: string): Promise<MediaResponse> {
    return MediaResponse.of(await this.media.get(who, mediaId));
  }

  /** Download a photo, video or document as it is published. */
  @Get('media/:mediaId/file')
  @Requires('media.read')
  @Header('content-security-policy', "default-src 'none'")
  @ApiProduces(...MEDIA_TYPES)
  @ApiOkResponse({ description: 'The file', schema: { type: 'string', format: 'binary' } })
  @Fails(MediaNotFound, ObjectNotFound)
  async file(@Who() who: Principal, @Id('mediaId') mediaId: string): Promise<StreamableFile> {
    const { bytes, size, media } = await this.media.file(who, mediaId);
    const disposition = media.kind === 'document' ? 'attachment' : 'inline';
    return new StreamableFile(bytes, { type: media.type, disposition, length: size });
  }
}
