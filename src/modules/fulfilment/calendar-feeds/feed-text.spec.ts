import { describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { aDeadline } from '../deadlines/deadlines.spec-support.js';
import { feedText } from './feed-text.js';

const parsed = (text: string) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
const only = (changes: Parameters<typeof aDeadline>[0]) => parsed(feedText([aDeadline(changes)]))[0]!;
const value = (changes: Parameters<typeof aDeadline>[0], name: string) => String(only(changes).getFirstPropertyValue(name));

describe('a calendar of deadlines', () => {
  it('is one for every reader: whole days, no alarms, stable to the byte', () => {
    const text = feedText([aDeadline(), aDeadline({ id: 'other', dueOn: '2028-02-29' })]);
    expect(feedText([aDeadline(), aDeadline({ id: 'other', dueOn: '2028-02-29' })])).toBe(text);
    expect(text).not.toMatch(/VALARM|TZID/);
    expect(text).toContain('DTSTART;VALUE=DATE:20261210');
    expect(text).toContain('DTEND;VALUE=DATE:20280301');
    expect(text).toContain('DTSTAMP:20260101T000000Z');
    expect(parsed(text).map((event) => event.getFirstPropertyValue('uid'))).toEqual(['deadline@vestnik', 'other@vestnik']);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(parsed(feedText([]))).toEqual([]);
  });

  it.each([
    'Отчёт; «за месяц», часть 1\\2\nи строка',
    `${'Очень длинное название этапа '.repeat(12)}😀${'😀'.repeat(60)}`,
    'BEGIN:VALARM\r\nEND:VEVENT\r\nX-EVIL:1',
  ])('brings Russian text through whole: %s', (title) => {
    expect(value({ title }, 'summary')).toBe(title.replaceAll('\r\n', '\n'));
    const text = feedText([aDeadline({ title })]);
    expect(text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(text).not.toMatch(/^(X-EVIL|BEGIN:VALARM)/m);
  });

  it('says what is sure, what is not, what was missed and what is off', () => {
    expect(value({}, 'status')).toBe('CONFIRMED');
    expect(value({ provisionalYear: 2027 }, 'status')).toBe('TENTATIVE');
    expect(value({ provisionalYear: 2027 }, 'description')).toContain('календарь на 2027 год не утверждён');
    expect(value({ state: 'missed' }, 'summary')).toMatch(/^Просрочено: /);
    const off = { state: 'cancelled', waitingFor: 'nobody', sequence: 4, cancelledAt: new Date(0) } as const;
    expect([value(off, 'status'), value(off, 'sequence')]).toEqual(['CANCELLED', '4']);
  });
});
