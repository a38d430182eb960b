import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Deadline } from '../deadlines/deadline.js';
import { provisionalReason } from '../deadlines/deadline-wording.js';

const NAME = 'Вестник: сроки';

/**
 * An iCalendar of whole days (RFC 5545). The same dates make the same text to the byte, whenever it is asked for: an ETag of it tells
 * whether something has changed.
 */
export function feedText(deadlines: readonly Deadline[]): string {
  const calendar = ical({ name: NAME, method: ICalCalendarMethod.PUBLISH, prodId: '//Vestnik//Deadlines//RU', ttl: 3_600 });
  for (const deadline of deadlines) {
    const { id, dueOn, sequence, updatedAt } = deadline;
    calendar.createEvent({
      ...{ id: `${id}@vestnik`, sequence, stamp: updatedAt, lastModified: updatedAt, allDay: true },
      ...{ start: midnight(dueOn, 0), end: midnight(dueOn, 1), transparency: ICalEventTransparency.TRANSPARENT },
      ...{ summary: summaryOf(deadline), description: descriptionOf(deadline), status: statusOf(deadline) },
    });
  }
  return `${calendar.toString()}\r\n`;
}

/** The day after is the open end. Days have no zone: a calendar shows them as days wherever it is. */
function midnight(day: string, plus: number): Date {
  return new Date(Date.parse(day) + plus * 86_400_000);
}

function statusOf({ state, provisionalYear }: Deadline): ICalEventStatus {
  if (state === 'cancelled') return ICalEventStatus.CANCELLED;
  return provisionalYear === null ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE;
}

const PREFIXES: Readonly<Record<Deadline['state'], string>> = {
  ...{ open: '', met: '', missed: 'Просрочено: ', cancelled: 'Отменено: ' },
};

function summaryOf({ title, state }: Deadline): string {
  return `${PREFIXES[state]}${title}`;
}

const WAITING: Readonly<Record<Deadline['waitingFor'], string | null>> = {
  ...{ contractor: 'Дело за исполнителем', client: 'Дело за заказчиком', nobody: null },
};

function descriptionOf({ waitingFor, provisionalYear }: Deadline): string | null {
  const lines = [WAITING[waitingFor], provisionalReason(provisionalYear)].filter((line) => line !== null);
  return lines.length > 0 ? lines.join('\n') : null;
}
