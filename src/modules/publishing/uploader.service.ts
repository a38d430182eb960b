import { Injectable } from '@nestjs/common';
import type { DocumentType, VideoType } from '../../networks/media.js';
import type { CallOutcome, Credentials, SpendingCall } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { Storage } from '../../platform/storage/storage.js';
import { ObjectNotFound } from '../../platform/storage/storage.errors.js';
import type { PublishedPhotoType } from '../content/photo.js';
import type { PostMedia } from '../content/post.js';
import type { ReadiedAttachment } from './attachments.js';
import type { Readied } from './publication-reader.service.js';

/** What an attachment costs at the network. */
export const UPLOADING: Readonly<Record<ReadiedAttachment['kind'], SpendingCall>> = {
  photo: 'uploadPhoto',
  video: 'uploadVideo',
  document: 'uploadDocument',
  poll: 'preparePoll',
};

/** Brings what a post carries to the network, ahead of the post. Repeatable at will: nothing public happens. */
@Injectable()
export class Uploader {
  constructor(
    private readonly networks: Networks,
    private readonly storage: Storage,
  ) {}

  /** @returns the network's id of it. @throws ObjectNotFound when our own file is gone */
  async upload(
    { publication, page: { externalId } }: Pick<Readied, 'publication' | 'page'>,
    credentials: Credentials,
    attachment: ReadiedAttachment,
  ): Promise<CallOutcome<string>> {
    const network = this.networks.get(publication.network);
    const page = { externalId };
    if (attachment.kind === 'poll') {
      const made = await network.preparePoll(page, credentials, attachment.poll);
      return made.kind === 'done' ? { kind: 'done', value: made.value.attachment ?? '' } : made;
    }
    const { contractorId } = publication;
    const { kind, media } = attachment;
    if (kind === 'photo') {
      const bytes = await this.storage.get(contractorId, media.storageKey);
      return network.uploadPhoto(page, credentials, { bytes, type: media.type as PublishedPhotoType });
    }
    const file = await this.file(contractorId, media);
    if (kind === 'video') return network.uploadVideo(page, credentials, { ...file, type: media.type as VideoType });
    return network.uploadDocument(page, credentials, { ...file, type: media.type as DocumentType });
  }

  private async file(contractorId: string, { storageKey, bytes: size, title, mediaId }: PostMedia) {
    // Asked now: once the request is under way, a missing file would look like a lost connection.
    if (!(await this.storage.exists(contractorId, storageKey))) throw new ObjectNotFound();
    const open = async () => (await this.storage.stream(contractorId, storageKey)).bytes;
    return { size, open, title: title ?? mediaId };
  }
}
