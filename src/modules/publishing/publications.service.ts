import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import type { Post, Variant } from '../content/post.js';
import { PostsService } from '../content/posts.service.js';
import type { Attempt, Look, Publication } from './publication.js';
import { CheckStore, type Snapshot } from './check.store.js';
import type { Edit } from './edit.js';
import { EditStore } from './edit.store.js';
import { type PublicationFilter, PublicationStore } from './publication.store.js';
import { NotScheduled, PublicationNotFound } from './publishing.errors.js';

/** A publication with its whole story. */
export interface PublicationStory {
  readonly publication: Publication;
  readonly content: Pick<Variant, 'text' | 'link' | 'poll'> & Pick<Post, 'media'>;
  readonly attempts: readonly Attempt[];
  readonly edits: readonly Edit[];
  readonly looks: readonly Look[];
  readonly snapshots: readonly (Omit<Snapshot, 'contractorId' | 'clientId' | 'publicationId'> & { readonly takenAt: Date })[];
}

@Injectable()
export class PublicationsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly publications: PublicationStore,
    private readonly checks: CheckStore,
    private readonly edits: EditStore,
    private readonly posts: PostsService,
  ) {}

  list(who: Principal, filter: PublicationFilter, query: PageQuery): Promise<Page<Publication>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.publications.list(tx, who.contractorId, filter, start), start, (row) => row),
    );
  }

  /** @throws PublicationNotFound */
  story(who: Principal, id: string): Promise<PublicationStory> {
    const { contractorId } = who;
    return this.work.reading(who.scope, async (tx) => {
      const publication = await this.publications.find(tx, contractorId, id);
      if (!publication) throw new PublicationNotFound();
      const post = await this.posts.requireVersion(tx, contractorId, publication.postId, publication.postVersion);
      const { text, link, poll } = post.variants.find(({ network }) => network === publication.network)!;
      const content = { text, link, poll, media: post.media };
      const attempts = await this.publications.attempts(tx, contractorId, id);
      const looks = await this.publications.looks(tx, contractorId, id);
      const edits = await this.edits.list(tx, contractorId, id);
      return { publication, content, attempts, edits, looks, snapshots: await this.checks.list(tx, contractorId, id) };
    });
  }

  /** @throws PostNotFound, NotScheduled */
  schedule(who: Principal, postId: string): Promise<Publication[]> {
    return this.work.reading(who.scope, async (tx) => {
      await this.posts.require(tx, who.contractorId, postId);
      const publications = await this.publications.ofPost(tx, who.contractorId, postId);
      if (publications.length === 0) throw new NotScheduled();
      return publications;
    });
  }
}
