import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wallTimeOf } from '../../../platform/clock/zones.js';
import type { Deadline } from '../deadlines/deadline.js';
import { aDeadline, ELEVEN_ZONES } from '../deadlines/deadlines.spec-support.js';
import { decide, instantOfStep, nextLook, type Reader, type Step, STEPS } from './reminder-steps.js';

const HOUR_MS = 3_600_000;
const at = (moscow: string): Date => new Date(`${moscow}+03:00`);
const READER: Reader = { timeZone: 'Europe/Moscow', since: new Date(0), before: true, overdue: true };
const decided = (now: Date, recorded: Step[] = [], deadline: Partial<Deadline> = {}, reader: Partial<Reader> = {}) =>
  decide(aDeadline(deadline), { ...READER, ...reader }, new Set(recorded), now);

describe('the steps of a reminder', () => {
  it.each(ELEVEN_ZONES)('come at nine in the morning in %s', (timeZone) => {
    for (const step of STEPS) {
      const wall = wallTimeOf(instantOfStep(aDeadline(), step, timeZone), timeZone);
      const days = (Date.parse(wall.slice(0, 10)) - Date.parse('2026-12-10')) / 86_400_000;
      expect([wall.slice(11), days]).toEqual(['09:00:00', step]);
    }
  });

  it('say nothing is overdue before the day is over where the client is', () => {
    const onKaliningrad = aDeadline({ timeZone: 'Europe/Kaliningrad' });
    // Nine on Kamchatka is 23:00 of the day before in Kaliningrad.
    expect(wallTimeOf(instantOfStep(onKaliningrad, 1, 'Asia/Kamchatka'), 'Asia/Kamchatka')).toBe('2026-12-12T09:00:00');
    expect(wallTimeOf(instantOfStep(onKaliningrad, 1, 'Europe/Moscow'), 'Europe/Moscow')).toBe('2026-12-11T09:00:00');
  });

  it.each<[string, string, Step[], object]>([
    ['before nine', '2026-12-03T08:59:59', [-30, -14], { send: null, skip: [], next: at('2026-12-03T09:00') }],
    ['at nine', '2026-12-03T09:00:00', [-30, -14], { send: -7, skip: [], next: null }],
    ['a second time', '2026-12-03T09:00:05', [-30, -14, -7], { send: null, skip: [] }],
    ['after a downtime', '2026-12-09T12:00:00', [-30], { send: -1, skip: [-14, -7], next: null }],
    ['on the day', '2026-12-10T09:00:00', [-30, -14, -7, -1], { send: 0, skip: [], next: null }],
    // What came of it is about to be said.
    ['over, and not yet settled', '2026-12-11T09:00:00', [-30, -14, -7, -1], { send: null, skip: [], next: null }],
  ])('are decided %s', (_, now, recorded, expected) => {
    expect(decided(at(now), recorded)).toMatchObject(expected);
  });

  it('of what was missed are escalations: what should have been said before has had its time', () => {
    const missed = { state: 'missed' } as const;
    expect(decided(at('2026-12-11T00:00'), [-30, -14, -7, -1], missed)).toMatchObject({ send: null, skip: [0] });
    expect(decided(at('2026-12-11T09:00'), [...STEPS.slice(0, 5)], missed)).toMatchObject({
      send: 1,
      next: null,
    });
    expect(decided(at('2026-12-20T09:00'), [], missed)).toMatchObject({ send: 3, skip: [-30, -14, -7, -1, 0, 1], next: null });
    // An owner is told of it then, and only then.
    const owner = { before: false };
    expect(decided(at('2026-12-03T09:00'), [], {}, owner)).toEqual({ send: null, skip: [], next: null });
    expect(decided(at('2026-12-11T09:00'), [], missed, owner)).toMatchObject({ send: 1, skip: [] });
  });

  it('of what nobody tells go on until the day, also late, and never accuse', () => {
    expect(decided(at('2026-12-12T12:00'), [-30, -14, -7], { untold: true })).toEqual({ send: 0, skip: [-1], next: null });
  });

  it.each(['met', 'cancelled'] as const)('end when it is %s', (state) => {
    expect(decided(at('2026-12-10T09:00'), [], { state })).toEqual({ send: null, skip: [], next: null });
    expect(nextLook(aDeadline({ state }), null, at('2026-12-10T09:00'))).toBeNull();
  });

  it('from before the date was set, or the reader came, are none', () => {
    const datedAt = at('2026-12-03T09:00:01');
    expect(decided(at('2026-12-04T12:00'), [], { datedAt })).toEqual({ send: null, skip: [], next: null });
    expect(decided(at('2026-12-04T12:00'), [], {}, { since: datedAt })).toMatchObject({ send: null, skip: [] });
  });
});

/** The table of reminders, with its key. */
class Table {
  private readonly rows = new Map<string, 'sent' | 'skipped'>();
  readonly sent: { dueOn: string; step: Step; at: number }[] = [];

  recorded(dueOn: string): ReadonlySet<Step> {
    return new Set(STEPS.filter((step) => this.rows.has(`${dueOn} ${step}`)));
  }

  /** As `on conflict do nothing`. */
  insert(dueOn: string, step: Step, state: 'sent' | 'skipped', now: number): void {
    const key = `${dueOn} ${step}`;
    if (this.rows.has(key)) return;
    this.rows.set(key, state);
    if (state === 'sent') this.sent.push({ dueOn, step, at: now });
  }
}

function round(
  table: Table,
  deadline: Deadline,
  reader: Reader,
  now: number,
  seen = table.recorded(deadline.dueOn),
): Date | null {
  const { send, skip, next } = decide(deadline, reader, seen, new Date(now));
  for (const step of skip) table.insert(deadline.dueOn, step, 'skipped', now);
  if (send !== null) table.insert(deadline.dueOn, send, 'sent', now);
  return nextLook(deadline, next, new Date(now));
}

const known = (deadline: Deadline, now: number): Deadline => ({
  ...deadline,
  state: !deadline.untold && now >= deadline.passesAt.getTime() ? 'missed' : 'open',
});

const START = at('2026-10-20T00:00').getTime();
const END = at('2027-01-01T00:00').getTime();
const zone = fc.constantFrom(...ELEVEN_ZONES);
const move = fc.oneof(
  fc.record({ kind: fc.constant('pass' as const), hours: fc.integer({ min: -300, max: 500 }) }),
  fc.record({ kind: fc.constant('round' as const) }),
  // Two workers that have both read before either wrote.
  fc.record({ kind: fc.constant('twice' as const) }),
  fc.record({ kind: fc.constant('date' as const), day: fc.integer({ min: 5, max: 20 }) }),
  fc.record({ kind: fc.constant('zone' as const), timeZone: zone }),
);

describe('reminding', () => {
  it('sends nothing twice and loses nothing, whatever the clock, the workers, the date and the reader do', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), zone, zone, fc.boolean(), (moves, mine, theirs, untold) => {
        const table = new Table();
        let now = START;
        let deadline = aDeadline({ timeZone: theirs, untold, datedAt: new Date(START) });
        let reader: Reader = { ...READER, timeZone: mine };
        for (const one of moves) {
          if (one.kind === 'pass') now += one.hours * HOUR_MS;
          if (one.kind === 'zone') reader = { ...reader, timeZone: one.timeZone };
          if (one.kind === 'date') {
            const dueOn = `2026-12-${String(one.day).padStart(2, '0')}`;
            if (dueOn !== deadline.dueOn) deadline = aDeadline({ timeZone: theirs, untold, dueOn, datedAt: new Date(now) });
          }
          const seen = table.recorded(deadline.dueOn);
          if (one.kind === 'round' || one.kind === 'twice') round(table, known(deadline, now), reader, now, seen);
          if (one.kind === 'twice') round(table, known(deadline, now), reader, now, seen);
        }
        now = Math.max(now, END);
        round(table, known(deadline, now), reader, now);
        const keys = table.sent.map(({ dueOn, step }) => `${dueOn} ${step}`);
        expect(new Set(keys).size).toBe(keys.length);
        // Of a date nobody hears of a week after he has heard of a day.
        for (const dueOn of new Set(table.sent.map((one) => one.dueOn))) {
          const steps = table.sent.filter((one) => one.dueOn === dueOn).map(({ step }) => step);
          expect(steps).toEqual(steps.toSorted((a, b) => a - b));
        }
        // Every step that had its time since the date is known is settled, one way or the other.
        const open = STEPS.filter((step) => step <= 0 || !untold)
          .filter((step) => instantOfStep(deadline, step, reader.timeZone) >= deadline.datedAt)
          .filter((step) => !table.recorded(deadline.dueOn).has(step));
        expect(open).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('comes to the second at which each step is due, when it is looked at only when it has to be', () => {
    fc.assert(
      fc.property(zone, zone, fc.boolean(), (mine, theirs, untold) => {
        const table = new Table();
        const deadline = aDeadline({ timeZone: theirs, untold, datedAt: new Date(START) });
        const reader = { ...READER, timeZone: mine };
        let looks = 0;
        for (let now: number | undefined = START; now !== undefined; looks += 1) {
          const next: Date | null = round(table, known(deadline, now), reader, now);
          const passes = deadline.passesAt.getTime();
          // What came of it is told by another, which makes it due as well.
          const settles: number | undefined = !untold && now < passes ? passes : undefined;
          const ahead: number[] = [next?.getTime(), settles].filter((one) => one !== undefined);
          now = ahead.length > 0 ? Math.min(...ahead) : undefined;
        }
        const expected = STEPS.filter((step) => step <= 0 || !untold);
        expect(table.sent.map(({ step }) => step)).toEqual(expected);
        for (const { step, at: sentAt } of table.sent) expect(sentAt).toBe(instantOfStep(deadline, step, mine).getTime());
        expect(looks).toBeLessThan(450);
      }),
      { numRuns: 10 },
    );
  });

  it('finds within the hour who has moved or come while a step goes round the world', () => {
    const table = new Table();
    const deadline = aDeadline();
    // Every reader is in the east and has been told; then somebody wants to be told in Moscow.
    let now = instantOfStep(deadline, -7, 'Asia/Kamchatka').getTime();
    const moscow = instantOfStep(deadline, -7, 'Europe/Moscow').getTime();
    while (now < moscow) now = nextLook(deadline, null, new Date(now))!.getTime();
    round(table, deadline, READER, now);
    expect(table.sent).toMatchObject([{ step: -7 }]);
    expect(now - moscow).toBeLessThan(HOUR_MS);
  });
});
