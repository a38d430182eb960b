import { Injectable } from '@nestjs/common';
import { Networks } from '../../networks/networks.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { attachmentsOf, type ReadiedAttachment, uploaded, type WantedAttachment } from './attachments.js';
import { type EditRow, EditStore } from './edit.store.js';
import { ReaderParts, type Readied } from './publication-reader.service.js';
import type { Upload } from './upload.store.js';

/** An edit with everything that making it needs: `ready` is the publication as it is to be. */
export interface ReadiedEdit {
  readonly edit: EditRow;
  readonly ready: Readied;
}

@Injectable()
export class EditReader {
  constructor(
    private readonly work: UnitOfWork,
    private readonly edits: EditStore,
    private readonly parts: ReaderParts,
    private readonly networks: Networks,
  ) {}

  /** @returns undefined when this contractor has no such edit, or its content is not what was asked for. */
  read(contractorId: string, id: string): Promise<ReadiedEdit | undefined> {
    const { publications, posts, pages, connections } = this.parts;
    return this.work.reading(wholeContractor(contractorId), async (tx) => {
      const edit = await this.edits.find(tx, { contractorId, id });
      const publication = edit && (await publications.find(tx, contractorId, edit.publicationId));
      if (!edit || !publication) return undefined;
      const post = await posts.requireVersion(tx, contractorId, publication.postId, edit.postVersion);
      const variant = post.variants.find(({ network }) => network === publication.network);
      if (!variant || post.contentHash !== edit.contentHash) return undefined;
      const page = await pages.require(tx, contractorId, publication.pageId);
      const done = await this.edits.uploads(tx, edit);
      const { keepsUploads } = this.networks.get(publication.network);
      const attachments = attachmentsOf(post, variant).map((wanted) =>
        keepsUploads.includes(wanted.kind) ? known(wanted, done) : uploaded(wanted, done.own),
      );
      const credentials = await connections.credentialsOf(tx, contractorId, publication.pageId);
      return { edit, ready: { publication, page, variant, attachments, credentials } };
    });
  }
}

/** The same bytes keep the id that they have, wherever they stood: their comments stay with them, and the votes of a poll. */
function known(wanted: WantedAttachment, { own, earlier }: { own: Upload[]; earlier: Upload[] }): ReadiedAttachment {
  const upload = [...own, ...earlier].find(({ mediaSha256 }) => mediaSha256 === wanted.sha256);
  return { ...wanted, ...(upload && { id: upload.attachment }) };
}
