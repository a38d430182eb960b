import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { mapPage, PageQuery } from '../../platform/http/pagination.js';
import { CalendarNotFound } from './contracts.errors.js';
import './contracts.permissions.js';
import {
  CalendarPage,
  CalendarRequest,
  CalendarResponse,
  CountingYearResponse,
  CountingYearQuery,
  DeadlineQuery,
  WorkingDayDeadlineResponse,
} from './production-calendars.dto.js';
import { ProductionCalendarsService } from './production-calendars.service.js';

@Controller('v1')
export class ProductionCalendarsController {
  constructor(private readonly calendars: ProductionCalendarsService) {}

  /** Load a year of the production calendar, for the country or a region. What was loaded before stays readable. */
  @Post('production-calendars')
  @Requires('production-calendars.write')
  @Idempotent()
  async create(@Who() who: Principal, @Body() body: CalendarRequest): Promise<CalendarResponse> {
    return CalendarResponse.of(await this.calendars.load(who, CalendarRequest.input(body)));
  }

  /** List what was loaded, newest first. */
  @Get('production-calendars')
  @Requires('production-calendars.read')
  async list(@Who() who: Principal, @Query() query: PageQuery): Promise<CalendarPage> {
    return mapPage(await this.calendars.list(who, query), CalendarResponse.of);
  }

  /** Read one calendar as it was loaded. */
  @Get('production-calendars/:calendarId')
  @Requires('production-calendars.read')
  @Fails(CalendarNotFound)
  async get(@Who() who: Principal, @Id('calendarId') calendarId: string): Promise<CalendarResponse> {
    return CalendarResponse.of(await this.calendars.get(who, calendarId));
  }

  /** Read a year as it counts: the newest that was loaded, else the official one that comes with the program, else the law's. */
  @Get('working-years')
  @Requires('production-calendars.read')
  async year(@Who() who: Principal, @Query() { year, regionCode }: CountingYearQuery): Promise<CountingYearResponse> {
    return CountingYearResponse.of(await this.calendars.year(who, year, regionCode ?? null));
  }

  /** The last day of a term in working days. The day of the event does not count itself. */
  @Get('working-day-deadlines')
  @Requires('production-calendars.read')
  async deadline(@Who() who: Principal, @Query() query: DeadlineQuery): Promise<WorkingDayDeadlineResponse> {
    return WorkingDayDeadlineResponse.of(await this.calendars.deadline(who, DeadlineQuery.term(query)));
  }
}
