import { describe, expect, it } from '@jest/globals';
import { aDeadline } from '../deadlines/deadlines.spec-support.js';
import { messageOf } from './reminder.js';

describe('what a reminder says', () => {
  it.each<[string, object, string]>([
    ['2026-11-10', {}, 'Через 30 дней: '],
    ['2026-12-09', {}, 'Через 1 день: '],
    // A step that comes late says what is left, not what its name is.
    ['2026-12-08', {}, 'Через 2 дня: '],
    ['2026-12-10', {}, 'Сегодня: '],
    ['2026-12-12', { untold: true }, 'Срок прошёл, исполнение не отмечено: '],
    ['2026-12-11', { state: 'missed' }, 'Просрочено на 1 день: '],
    ['2026-12-13', { state: 'missed' }, 'Просрочено на 3 дня: '],
  ])('on %s', (today, changes, begins) => {
    expect(messageOf(aDeadline(changes), today)).toBe(`${begins}Сдать результаты: Этап 1 · договор № 7 — 10.12.2026.`);
  });

  it('names the calendar that may move it', () => {
    expect(messageOf(aDeadline({ provisionalYear: 2027 }), '2026-12-09')).toMatch(/10\.12\.2026\. Предварительно: .*2027.*\.$/);
  });
});
