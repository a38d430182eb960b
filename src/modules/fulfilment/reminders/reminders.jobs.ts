import { defineTimer } from '../../../platform/queue/job.js';
import { deadlineReminded } from './reminders.events.js';

/** Nine in the morning of each zone: soon after it. */
export const remindersTimer = defineTimer({ name: 'reminders.send', everyMs: 20_000 });

/** Everything that workers do about reminders, and what they tell. */
export const REMINDERS_DEFINITIONS = [remindersTimer, deadlineReminded];
