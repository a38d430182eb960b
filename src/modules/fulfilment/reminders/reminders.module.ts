import { Module } from '@nestjs/common';
import { ContractsModule } from '../../contracts/contracts.module.js';
import { IdentityModule } from '../../identity/identity.module.js';
import { TenancyModule } from '../../tenancy/tenancy.module.js';
import { DeadlinesModule } from '../deadlines/deadlines.module.js';
import { Readers } from './readers.service.js';
import { ReminderEntity } from './reminder.entity.js';
import { ReminderStore } from './reminder.store.js';
import { RemindersController } from './reminders.controller.js';
import { REMINDERS_DEFINITIONS } from './reminders.jobs.js';
import { RemindersService } from './reminders.service.js';
import { RemindersTimer } from './reminders.timer.js';
import { ReminderRows, Reminding } from './reminding.service.js';

@Module({ providers: [ReminderStore], exports: [ReminderStore] })
export class RemindersModule {
  /** Its tables, for the composition root. */
  static readonly entities = [ReminderEntity];
}

@Module({ imports: [RemindersModule], controllers: [RemindersController], providers: [RemindersService] })
export class RemindersApi {}

@Module({
  imports: [RemindersModule, DeadlinesModule, IdentityModule, TenancyModule, ContractsModule],
  providers: [Reminding, ReminderRows, Readers, RemindersTimer],
})
export class RemindersWorker {
  /** What this module's workers handle, for the queue's boot check. */
  static readonly definitions = REMINDERS_DEFINITIONS;
}
