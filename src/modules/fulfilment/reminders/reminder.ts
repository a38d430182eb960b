import type { Deadline } from '../deadlines/deadline.js';
import { russianDay } from '../../../platform/text/russian-day.js';
import { provisionalReason } from '../deadlines/deadline-wording.js';
import { plural } from '../measuring/wording.js';
import type { Step } from './reminder-steps.js';

/** What a member was told of a deadline. */
export interface Reminder {
  readonly id: string;
  readonly clientId: string;
  readonly deadlineId: string;
  readonly step: Step;
  /** The date that it had then. */
  readonly dueOn: string;
  /** Russian. */
  readonly message: string;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

/** The days that are really left are told: a step that comes late, or after a downtime, is not what its name says. */
export function messageOf({ title, dueOn, provisionalYear, state }: Deadline, today: string): string {
  const days = (Date.parse(dueOn) - Date.parse(today)) / 86_400_000;
  const reason = provisionalReason(provisionalYear);
  return [`${when(days, state)}: ${title} — ${russianDay(dueOn)}.`, ...(reason === null ? [] : [`${reason}.`])].join(' ');
}

function when(days: number, state: Deadline['state']): string {
  if (state === 'missed') return `Просрочено на ${plural(Math.max(1, -days), 'день', 'дня', 'дней')}`;
  if (days === 0) return 'Сегодня';
  return days > 0 ? `Через ${plural(days, 'день', 'дня', 'дней')}` : 'Срок прошёл, исполнение не отмечено';
}
