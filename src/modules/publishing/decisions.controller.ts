import { Body, Controller, Get, Post } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { DecidePublicationRequest, DecisionList, DecisionResponse } from './decisions.dto.js';
import { DecisionsService } from './decisions.service.js';
import { DecisionRefused, PostNotThere, PublicationNotFound } from './publishing.errors.js';
import './publishing.permissions.js';

@Controller('v1/publications/:publicationId/decisions')
export class DecisionsController {
  constructor(private readonly decisions: DecisionsService) {}

  /** Decide about a publication that is unclear, held, refused, or waits to be published by hand. */
  @Post()
  @Requires('publications.decide')
  @Idempotent()
  @Fails(PublicationNotFound, DecisionRefused, PostNotThere)
  async decide(
    @Who() who: Principal,
    @Id('publicationId') publicationId: string,
    @Body() body: DecidePublicationRequest,
  ): Promise<DecisionResponse> {
    return DecisionResponse.of(await this.decisions.decide(who, publicationId, DecidePublicationRequest.request(body)));
  }

  /** List the decisions about a publication, newest first. */
  @Get()
  @Requires('publications.read')
  @Fails(PublicationNotFound)
  async list(@Who() who: Principal, @Id('publicationId') publicationId: string): Promise<DecisionList> {
    return { data: (await this.decisions.list(who, publicationId)).map(DecisionResponse.of) };
  }
}
