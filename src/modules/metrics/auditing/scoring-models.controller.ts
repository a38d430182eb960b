import { Body, Controller, Get, Post } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { Editable, IfMatch } from '../../../platform/http/versioning.js';
import '../metrics.permissions.js';
import { ScoringModelList, ScoringModelRequest, ScoringModelResponse } from './scoring-models.dto.js';
import { ScoringModelsService } from './scoring-models.service.js';

@Controller('v1/scoring-models')
export class ScoringModelsController {
  constructor(private readonly models: ScoringModelsService) {}

  /** List the versions of the scoring model, newest first; pages are scored by the first in the list. */
  @Get()
  @Requires('metrics.read')
  async list(@Who() who: Principal): Promise<ScoringModelList> {
    return { data: (await this.models.list(who)).map(ScoringModelResponse.of) };
  }

  /** Add a version of the scoring model. Versions are never changed: scores that stand keep the one that they were made by. */
  @Post()
  @Requires('scoring-models.write')
  @Idempotent()
  @Editable()
  async add(
    @Who() who: Principal,
    @Body() body: ScoringModelRequest,
    @IfMatch() after: number | undefined,
  ): Promise<ScoringModelResponse> {
    return ScoringModelResponse.of(await this.models.add(who, ScoringModelRequest.model(body), after));
  }
}
