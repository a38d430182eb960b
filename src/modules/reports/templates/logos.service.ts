import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/http/access.js';
import { RequestInvalid } from '../../../platform/http/http.errors.js';
import { MediaNotFound } from '../../content/content.errors.js';
import { MediaService } from '../../content/media.service.js';
import { type LogoPicture, whyNoLogo } from '../document/logo.js';

/** Takes logos from a client's uploaded pictures. */
@Injectable()
export class ReportLogos {
  constructor(private readonly media: MediaService) {}

  /** @param clientId whose picture it must be @throws MediaNotFound, RequestInvalid with the reason */
  async take(who: Principal, clientId: string, mediaId: string): Promise<LogoPicture> {
    const media = await this.media.get(who, mediaId);
    if (media.clientId !== clientId) throw new MediaNotFound();
    const reason = whyNoLogo(media);
    if (reason) throw new RequestInvalid({ fields: [{ field: 'logoMediaId', reason }] });
    const file = await this.media.file(who, mediaId);
    const { sha256, width, height } = media;
    const type = media.type === 'image/png' ? 'image/png' : 'image/jpeg';
    return { sha256, type, width: width!, height: height!, bytes: await buffer(file.bytes) };
  }
}
