import { Body, Controller, Get, Post } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { ContentChanged, PostNotApproved } from '../content/content.errors.js';
import { EditRequestsService } from './edit-requests.service.js';
import { EditList, EditPublicationRequest, EditResponse } from './edits.dto.js';
import {
  EditInProgress,
  EditUnsuitable,
  NoContractInForce,
  NothingToEdit,
  NotPublished,
  PublicationNotFound,
} from './publishing.errors.js';
import './publishing.permissions.js';

@Controller('v1/publications/:publicationId/edits')
export class EditsController {
  constructor(private readonly edits: EditRequestsService) {}

  /**
   * Edit a published post on its page, so that it says what was approved since. It stays the same post in the same place: nothing
   * is published again.
   */
  @Post()
  @Requires('publications.edit')
  @Idempotent()
  @Fails(
    PublicationNotFound,
    NotPublished,
    PostNotApproved,
    ContentChanged,
    NothingToEdit,
    EditUnsuitable,
    NoContractInForce,
    EditInProgress,
  )
  async request(
    @Who() who: Principal,
    @Id('publicationId') publicationId: string,
    @Body() body: EditPublicationRequest,
  ): Promise<EditResponse> {
    return EditResponse.of(await this.edits.request(who, publicationId, body.contentHash));
  }

  /** List the edits of a publication with every attempt, newest first. */
  @Get()
  @Requires('publications.read')
  @Fails(PublicationNotFound)
  async list(@Who() who: Principal, @Id('publicationId') publicationId: string): Promise<EditList> {
    return { data: (await this.edits.list(who, publicationId)).map(EditResponse.of) };
  }
}
