import { Injectable } from '@nestjs/common';
import type { Credentials } from '../../networks/network.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import type { Variant } from '../content/post.js';
import { PostsService } from '../content/posts.service.js';
import { ConnectionsService } from '../pages/connections.service.js';
import type { Page } from '../pages/page.js';
import { PagesService } from '../pages/pages.service.js';
import { attachmentsOf, type ReadiedAttachment, uploaded } from './attachments.js';
import type { PublicationEntity } from './publication.entity.js';
import { PublicationStore } from './publication.store.js';
import { UploadStore } from './upload.store.js';

/** Everything that sending a publication needs, read in one transaction. */
export interface Readied {
  readonly publication: PublicationEntity;
  readonly page: Page;
  readonly variant: Variant;
  readonly attachments: readonly ReadiedAttachment[];
  readonly credentials: Credentials | undefined;
}

/** What reading a publication asks for. */
@Injectable()
export class ReaderParts {
  constructor(
    readonly publications: PublicationStore,
    readonly uploads: UploadStore,
    readonly posts: PostsService,
    readonly pages: PagesService,
    readonly connections: ConnectionsService,
  ) {}
}

@Injectable()
export class PublicationReader {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: ReaderParts,
  ) {}

  /** @returns undefined when this contractor has no such publication, or its content is not what was scheduled. */
  read(contractorId: string, publicationId: string): Promise<Readied | undefined> {
    const { publications, uploads, posts, pages, connections } = this.parts;
    return this.work.reading(wholeContractor(contractorId), async (tx) => {
      const publication = await publications.find(tx, contractorId, publicationId);
      if (!publication) return undefined;
      // Asked in one go: the connection pipelines, and while a post is being read it is getting late.
      const [post, page, done] = await Promise.all([
        posts.requireVersion(tx, contractorId, publication.postId, publication.postVersion),
        pages.require(tx, contractorId, publication.pageId),
        uploads.list(tx, { contractorId, publicationId }),
      ]);
      const variant = post.variants.find(({ network }) => network === publication.network);
      if (!variant || post.contentHash !== publication.contentHash) return undefined;
      // Secrets are opened for what will be sent, and for nothing else.
      const credentials = await connections.credentialsOf(tx, contractorId, publication.pageId);
      const attachments = attachmentsOf(post, variant).map((wanted) => uploaded(wanted, done));
      return { publication, page, variant, attachments, credentials };
    });
  }
}
