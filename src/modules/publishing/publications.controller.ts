import { Controller, Get, Put, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage } from '../../platform/http/pagination.js';
import { Versioned } from '../../platform/http/versioning.js';
import { PublicationsService } from './publications.service.js';
import { PublicationStoryResponse } from './publication-story.dto.js';
import { PublicationPage, PublicationResponse, PublicationsQuery } from './publishing.dto.js';
import { NothingToWithdraw, PublicationNotFound } from './publishing.errors.js';
import './publishing.permissions.js';
import { SchedulingService } from './scheduling.service.js';
import { AnswersWithdrawal } from './withdrawal-status.interceptor.js';

@Controller('v1/publications')
export class PublicationsController {
  constructor(
    private readonly publications: PublicationsService,
    private readonly scheduling: SchedulingService,
  ) {}

  /** List publications, newest first. */
  @Get()
  @Requires('publications.read')
  async list(@Who() who: Principal, @Query() query: PublicationsQuery): Promise<PublicationPage> {
    const { clientId, postId, pageId, state } = query;
    return mapPage(await this.publications.list(who, { clientId, postId, pageId, state }, query), PublicationResponse.of);
  }

  /** Read one publication: what it says, and every attempt with its outcome. */
  @Get(':publicationId')
  @Requires('publications.read')
  @Versioned()
  @Fails(PublicationNotFound)
  async get(@Who() who: Principal, @Id('publicationId') publicationId: string): Promise<PublicationStoryResponse> {
    return PublicationStoryResponse.story(await this.publications.story(who, publicationId));
  }

  /** Withdraw one publication: at once before it is sent, by deleting the post on the network afterwards. */
  @Put(':publicationId/withdrawal')
  @Requires('publications.withdraw')
  @Versioned()
  @AnswersWithdrawal(PublicationResponse)
  @Fails(PublicationNotFound, NothingToWithdraw)
  async withdraw(@Who() who: Principal, @Id('publicationId') publicationId: string): Promise<PublicationResponse> {
    return PublicationResponse.of(await this.scheduling.withdraw(who, publicationId));
  }
}
