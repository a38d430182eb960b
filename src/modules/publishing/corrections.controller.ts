import { Controller, Put } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { Editable, IfMatch } from '../../platform/http/versioning.js';
import { PostNotFound, PostNotLocked } from '../content/content.errors.js';
import { CorrectionsService } from './corrections.service.js';
import { CorrectionResponse } from './edits.dto.js';
import { BeingSent } from './publishing.errors.js';

@Controller('v1/posts/:postId/correction')
export class CorrectionsController {
  constructor(private readonly corrections: CorrectionsService) {}

  /**
   * Open a correction of a post that was sent. Its pages stay as they are; the post is a draft again, to be edited, submitted and
   * approved as any other, and then brought to each page by an edit of its publication. What of it is still scheduled is held.
   */
  @Put()
  @Requires('posts.write')
  @Editable()
  @Fails(PostNotFound, PostNotLocked, BeingSent)
  async open(
    @Who() who: Principal,
    @Id('postId') postId: string,
    @IfMatch() version: number | undefined,
  ): Promise<CorrectionResponse> {
    return CorrectionResponse.of(await this.corrections.open(who, postId, version));
  }
}
