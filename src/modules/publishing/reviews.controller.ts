import { Body, Controller, Post } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { PublicationResponse } from './publishing.dto.js';
import { DecisionRefused } from './publishing.errors.js';
import './publishing.permissions.js';
import { ReviewRequest, ReviewResponse } from './quiet-periods.dto.js';
import { ReviewsService } from './reviews.service.js';

@Controller('v1/publication-reviews')
export class ReviewsController {
  constructor(private readonly reviews: ReviewsService) {}

  /** Decide about many held publications at once: release them, or give them up. */
  @Post()
  @Requires('publications.decide')
  @Idempotent()
  @Fails(DecisionRefused)
  async review(@Who() who: Principal, @Body() body: ReviewRequest): Promise<ReviewResponse> {
    return { publications: (await this.reviews.review(who, ReviewRequest.request(body))).map(PublicationResponse.of) };
  }
}
