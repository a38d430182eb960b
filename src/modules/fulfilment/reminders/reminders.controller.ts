import { Controller, Get, Put, Query } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { mapPage } from '../../../platform/http/pagination.js';
import '../deadlines/deadlines.permissions.js';
import { ReminderPage, ReminderResponse, RemindersQuery } from './reminders.dto.js';
import { ReminderNotFound } from './reminders.errors.js';
import { RemindersService } from './reminders.service.js';

@Controller('v1/reminders')
export class RemindersController {
  constructor(private readonly reminders: RemindersService) {}

  /** List my reminders: unread ones first, newest first. */
  @Get()
  @Requires('deadlines.read')
  async list(@Who() who: Principal, @Query() query: RemindersQuery): Promise<ReminderPage> {
    return mapPage(await this.reminders.list(who, RemindersQuery.isRead(query), query), ReminderResponse.of);
  }

  /** Note that I have read a reminder. */
  @Put(':reminderId/read')
  @Requires('deadlines.read')
  @Fails(ReminderNotFound)
  async markRead(@Who() who: Principal, @Id('reminderId') reminderId: string): Promise<ReminderResponse> {
    return ReminderResponse.of(await this.reminders.markRead(who, reminderId));
  }
}
