import { Controller, Get, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { mapPage } from '../../../platform/http/pagination.js';
import { PageNotFound } from '../../pages/pages.errors.js';
import '../metrics.permissions.js';
import { CollectionPage, CollectionResponse, CollectionsQuery } from './collections.dto.js';
import { CollectionsService } from './collections.service.js';

@Controller('v1')
export class CollectionsController {
  constructor(private readonly collections: CollectionsService) {}

  /** List how collecting numbers stands with each page: what is missing and why. */
  @Get('collections')
  @Requires('metrics.read')
  async list(@Who() who: Principal, @Query() query: CollectionsQuery): Promise<CollectionPage> {
    return mapPage(await this.collections.list(who, query.clientId, query), CollectionResponse.row);
  }

  /** Read how collecting numbers stands with a page. */
  @Get('pages/:pageId/collection')
  @Requires('metrics.read')
  @Fails(PageNotFound)
  async get(@Who() who: Principal, @Id('pageId') pageId: string): Promise<CollectionResponse> {
    return CollectionResponse.of(pageId, await this.collections.get(who, pageId));
  }
}
