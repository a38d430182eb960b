import { Injectable } from '@nestjs/common';
import { RunsOnTimer, type TimerHandler } from '../../../platform/queue/handler.js';
import { everyDue } from '../../contracts/every-due.js';
import { reviewTimer } from './penalties.jobs.js';
import { PenaltyReviews } from './penalty-reviews.service.js';

/** Computes proposals anew where something happened or a day is over; after a downtime everywhere, once. */
@Injectable()
@RunsOnTimer(reviewTimer)
export class ReviewTimer implements TimerHandler {
  constructor(private readonly reviews: PenaltyReviews) {}

  run(signal: AbortSignal): Promise<void> {
    return everyDue(
      signal,
      (limit) => this.reviews.due(limit),
      (key) => this.reviews.review(key),
    );
  }
}
