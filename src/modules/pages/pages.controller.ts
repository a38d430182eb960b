import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage } from '../../platform/http/pagination.js';
import { Versioned } from '../../platform/http/versioning.js';
import { ClientNotFound } from '../tenancy/tenancy.errors.js';
import { PagePage, PageRequest, PageResponse, PagesQuery } from './pages.dto.js';
import { PageExists, PageNotFound } from './pages.errors.js';
import './pages.permissions.js';
import { PagesService } from './pages.service.js';

@Controller('v1/pages')
export class PagesController {
  constructor(private readonly pages: PagesService) {}

  /** List official pages, newest first. */
  @Get()
  @Requires('pages.read')
  async list(@Who() who: Principal, @Query() query: PagesQuery): Promise<PagePage> {
    return mapPage(await this.pages.list(who, query.clientId, query), PageResponse.of);
  }

  /** Record an official page of a client; connect it next. */
  @Post()
  @Requires('pages.write')
  @Idempotent()
  @Versioned()
  @Fails(ClientNotFound, PageExists)
  async create(@Who() who: Principal, @Body() body: PageRequest): Promise<PageResponse> {
    return PageResponse.of(await this.pages.create(who, body.clientId, body.network, body.externalId));
  }

  /** Read one page with its capabilities. */
  @Get(':pageId')
  @Requires('pages.read')
  @Versioned()
  @Fails(PageNotFound)
  async get(@Who() who: Principal, @Id('pageId') pageId: string): Promise<PageResponse> {
    return PageResponse.of(await this.pages.get(who, pageId));
  }
}
