import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import type { Post } from '../content/post.js';
import { PostsService } from '../content/posts.service.js';
import { EditStore } from './edit.store.js';
import { PublicationStore } from './publication.store.js';
import type { PublicationState } from './publication.js';
import { BeingSent } from './publishing.errors.js';

/** What was sent stays as it was approved until the network has answered and the answer is understood. */
const ON_ITS_WAY: readonly PublicationState[] = ['claimed', 'sending', 'unclear'];

/** Opens a post that was sent, so that it can be corrected and approved again. The pages stay as they are meanwhile. */
@Injectable()
export class CorrectionsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly posts: PostsService,
    private readonly publications: PublicationStore,
    private readonly edits: EditStore,
  ) {}

  /** @throws PostNotFound, PostNotLocked, BeingSent, VersionStale */
  open(who: Principal, postId: string, version?: number): Promise<Post> {
    return this.work.forTenant(who.scope, async (tx) => {
      // First the post's row: whoever sends needs it too, so what is on its way is seen below, or comes too late.
      const post = await this.posts.reopen(tx, who, postId, version);
      const publications = await this.publications.ofPost(tx, who.contractorId, postId);
      const sent = publications.some(({ state }) => ON_ITS_WAY.includes(state));
      if (sent || (await this.edits.isOnItsWay(tx, who.contractorId, postId))) throw new BeingSent();
      return post;
    });
  }
}
