import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage } from '../../platform/http/pagination.js';
import { Editable, IfMatch } from '../../platform/http/versioning.js';
import { AttributeOutsidePostRequest, OutsidePostPage, OutsidePostResponse, OutsidePostsQuery } from './outside-posts.dto.js';
import { OutsidePostsService } from './outside-posts.service.js';
import { OutsidePostNotFound } from './publishing.errors.js';
import './publishing.permissions.js';

@Controller('v1/outside-posts')
export class OutsidePostsController {
  constructor(private readonly posts: OutsidePostsService) {}

  /** List posts on our pages that we did not publish, newest found first. */
  @Get()
  @Requires('outside-posts.read')
  async list(@Who() who: Principal, @Query() query: OutsidePostsQuery): Promise<OutsidePostPage> {
    const { clientId, pageId } = query;
    return mapPage(
      await this.posts.list(who, { ...(clientId && { clientId }), ...(pageId && { pageId }) }, query),
      OutsidePostResponse.of,
    );
  }

  /** Say who wrote such a post. */
  @Patch(':outsidePostId')
  @Requires('outside-posts.write')
  @Editable()
  @Fails(OutsidePostNotFound)
  async attribute(
    @Who() who: Principal,
    @Id('outsidePostId') outsidePostId: string,
    @Body() body: AttributeOutsidePostRequest,
    @IfMatch() version: number | undefined,
  ): Promise<OutsidePostResponse> {
    return OutsidePostResponse.of(await this.posts.setOrigin(who, outsidePostId, body.origin, version));
  }
}
