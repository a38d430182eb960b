import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { mapPage, PageQuery } from '../../../platform/http/pagination.js';
import { ContractNotFound } from '../../contracts/contracts.errors.js';
import { PageNotFound } from '../../pages/pages.errors.js';
import { ClientNotFound } from '../../tenancy/tenancy.errors.js';
import '../deadlines/deadlines.permissions.js';
import { CalendarFeedPage, CalendarFeedRequest, CalendarFeedResponse, NewCalendarFeedResponse } from './calendar-feeds.dto.js';
import { CalendarFeedNotFound, FeedPersonNeeded } from './calendar-feeds.errors.js';
import { CalendarFeedsService } from './calendar-feeds.service.js';

@Controller('v1/calendar-feeds')
export class CalendarFeedsController {
  constructor(private readonly feeds: CalendarFeedsService) {}

  /** Make a secret link under which a calendar program reads my deadlines, with the rights that I have whenever it reads. */
  @Post()
  @Requires('deadlines.read')
  @Idempotent()
  @Fails(ClientNotFound, ContractNotFound, PageNotFound, FeedPersonNeeded)
  async create(@Who() who: Principal, @Body() body: CalendarFeedRequest): Promise<NewCalendarFeedResponse> {
    return NewCalendarFeedResponse.made(await this.feeds.create(who, body.name, CalendarFeedRequest.filter(body)));
  }

  /** List my feeds, newest first; revoked ones too. */
  @Get()
  @Requires('deadlines.read')
  async list(@Who() who: Principal, @Query() query: PageQuery): Promise<CalendarFeedPage> {
    return mapPage(await this.feeds.list(who, query), CalendarFeedResponse.of);
  }

  /** Revoke a feed of mine: its link opens nothing any more. */
  @Delete(':calendarFeedId')
  @Requires('deadlines.read')
  @HttpCode(204)
  @Fails(CalendarFeedNotFound)
  async revoke(@Who() who: Principal, @Id('calendarFeedId') calendarFeedId: string): Promise<void> {
    await this.feeds.revoke(who, calendarFeedId);
  }
}
