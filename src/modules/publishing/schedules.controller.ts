import { Body, Controller, Delete, Get, Put } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { PostNotApproved, PostNotFound } from '../content/content.errors.js';
import { PublicationsService } from './publications.service.js';
import { SchedulePostRequest, ScheduleResponse } from './publishing.dto.js';
import {
  AlreadySent,
  NoContractInForce,
  NothingToWithdraw,
  NotScheduled,
  PagesUnknown,
  PageUnsuitable,
} from './publishing.errors.js';
import './publishing.permissions.js';
import { SchedulingService } from './scheduling.service.js';
import { AnswersWithdrawal } from './withdrawal-status.interceptor.js';

@Controller('v1/posts/:postId/schedule')
export class SchedulesController {
  constructor(
    private readonly scheduling: SchedulingService,
    private readonly publications: PublicationsService,
  ) {}

  /** Schedule or reschedule an approved post; pages that are not named any more are withdrawn. */
  @Put()
  @Requires('posts.schedule')
  @Fails(PostNotFound, PostNotApproved, PagesUnknown, PageUnsuitable, NoContractInForce, AlreadySent)
  async schedule(
    @Who() who: Principal,
    @Id('postId') postId: string,
    @Body() body: SchedulePostRequest,
  ): Promise<ScheduleResponse> {
    const { publications, warnings } = await this.scheduling.schedule(who, postId, SchedulePostRequest.request(body));
    return ScheduleResponse.of(publications, warnings);
  }

  /** Read where and when a post goes out. */
  @Get()
  @Requires('publications.read')
  @Fails(PostNotFound, NotScheduled)
  async get(@Who() who: Principal, @Id('postId') postId: string): Promise<ScheduleResponse> {
    return ScheduleResponse.of(await this.publications.schedule(who, postId));
  }

  /** Withdraw a post from all its pages. */
  @Delete()
  @Requires('publications.withdraw')
  @AnswersWithdrawal(ScheduleResponse)
  @Fails(PostNotFound, NotScheduled, NothingToWithdraw)
  async withdraw(@Who() who: Principal, @Id('postId') postId: string): Promise<ScheduleResponse> {
    return ScheduleResponse.of(await this.scheduling.withdrawAll(who, postId));
  }
}
