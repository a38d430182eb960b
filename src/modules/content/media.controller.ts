import { Controller, Get, Header, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { BodyTooLarge } from '../../platform/http/http.errors.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../platform/http/pagination.js';
import { ObjectNotFound, StorageFull } from '../../platform/storage/storage.errors.js';
import { ClientNotFound } from '../tenancy/tenancy.errors.js';
import { MediaPage, MediaResponse } from './content.dto.js';
import { MediaNotFound, PhotoRefused } from './content.errors.js';
import './content.permissions.js';
import { MediaService, type UploadedFile } from './media.service.js';
import { PhotoFile, TakesPhoto } from './uploaded-file.decorator.js';

@Controller('v1')
export class MediaController {
  constructor(private readonly media: MediaService) {}

  /** Upload a photo for a client's posts. What is stored carries no metadata: no place, no camera. */
  @Post('clients/:clientId/media')
  @Requires('media.write')
  @TakesPhoto()
  @Fails(ClientNotFound, PhotoRefused, BodyTooLarge, StorageFull)
  async upload(@Who() who: Principal, @Id('clientId') clientId: string, @PhotoFile() file: UploadedFile): Promise<MediaResponse> {
    return MediaResponse.of(await this.media.upload(who, clientId, file));
  }

  /** List a client's photos, newest first. */
  @Get('clients/:clientId/media')
  @Requires('media.read')
  @Fails(ClientNotFound)
  async list(@Who() who: Principal, @Id('clientId') clientId: string, @Query() query: PageQuery): Promise<MediaPage> {
    return mapPage(await this.media.list(who, clientId, query), MediaResponse.of);
  }

  /** Read what is known of a photo. */
  @Get('media/:mediaId')
  @Requires('media.read')
  @Fails(MediaNotFound)
  async get(@Who() who: Principal, @Id('mediaId') mediaId: string): Promise<MediaResponse> {
    return MediaResponse.of(await this.media.get(who, mediaId));
  }

  /** Download a photo as it is published. */
  @Get('media/:mediaId/file')
  @Requires('media.read')
  @Header('content-security-policy', "default-src 'none'")
  @ApiProduces('image/jpeg', 'image/png')
  @ApiOkResponse({ description: 'The photo', schema: { type: 'string', format: 'binary' } })
  @Fails(MediaNotFound, ObjectNotFound)
  async file(@Who() who: Principal, @Id('mediaId') mediaId: string): Promise<StreamableFile> {
    const { bytes, type } = await this.media.file(who, mediaId);
    return new StreamableFile(bytes, { type, disposition: 'inline', length: bytes.byteLength });
  }
}
