import { describe, expect, it } from '@jest/globals';
import { endOfDay } from '../../../platform/clock/zones.js';
import { RUSSIAN_YEARS } from '../../contracts/russian-calendar.js';
import { WorkingDays } from '../../contracts/working-days.js';
import { wallTimeOf } from '../../../platform/clock/zones.js';
import { type AcceptanceFacts, dutiesOf, overdueOf } from './duties.js';
import { silenceAcceptsAt, silenceLook } from './silence.js';

const CALENDAR = new WorkingDays(RUSSIAN_YEARS);
const TERMS = { submissionDays: 5, acceptanceDays: 20, paymentDays: 7, silenceAccepts: false };
const ZONES = [
  ...['Europe/Kaliningrad', 'Europe/Moscow', 'Europe/Samara', 'Asia/Yekaterinburg', 'Asia/Omsk', 'Asia/Krasnoyarsk'],
  ...['Asia/Irkutsk', 'Asia/Yakutsk', 'Asia/Vladivostok', 'Asia/Magadan', 'Asia/Kamchatka'],
];

const facts = (changes: Partial<AcceptanceFacts> = {}): AcceptanceFacts => ({
  ...{
    lastDay: '2026-02-28',
    timeZone: 'Asia/Kamchatka',
    state: 'submitted',
    payments: [],
    terms: () => TERMS,
    calendar: CALENDAR,
  },
  rounds: [],
  ...changes,
});
const round = (changes: Partial<AcceptanceFacts['rounds'][number]> = {}): AcceptanceFacts['rounds'][number] => ({
  ...{
    number: 1,
    submittedAt: new Date('2026-03-03T00:00:00Z'),
    receivedAt: null,
    decision: null,
    decidedAt: null,
    cureOn: null,
  },
  ...{ claimedKopecks: 1_000n, acceptedKopecks: 0n },
  ...changes,
});

describe('the terms of an acceptance', () => {
  it.each<[string, AcceptanceFacts, object[]]>([
    ['over the women’s day for the document', facts(), [{ kind: 'submission', dueOn: '2026-03-06', metOn: null }]],
    [
      'from the day on the client’s wall',
      facts({ rounds: [round({ receivedAt: new Date('2026-03-03T13:00:00Z') })] }),
      [{ metOn: '2026-03-03' }, { kind: 'acceptance', dueOn: '2026-04-02' }],
    ],
    [
      'for payment from the decision',
      facts({
        rounds: [round({ decision: 'accepted', decidedAt: new Date('2026-04-30T00:00:00Z'), acceptedKopecks: 1_000n })],
      }),
      [{}, { kind: 'payment', dueOn: '2026-05-13', metOn: null, provisional: false }],
    ],
    [
      'into a year without an official calendar',
      facts({ lastDay: '2026-12-28' }),
      [{ kind: 'submission', dueOn: '2027-01-13', provisional: true }],
    ],
    [
      'until the cure, which the next round meets',
      facts({
        rounds: [
          round({ decision: 'refused', decidedAt: new Date('2026-03-04T00:00:00Z'), cureOn: '2026-03-10' }),
          round({ number: 2, submittedAt: new Date('2026-03-11T00:00:00Z') }),
        ],
      }),
      [{}, { kind: 'cure', round: 1, dueOn: '2026-03-10', metOn: '2026-03-11' }],
    ],
    [
      'no longer for what is given up by the invoice',
      facts({
        state: 'invoiced',
        rounds: [
          round({
            ...{ decision: 'partiallyAccepted', decidedAt: new Date('2026-03-04T00:00:00Z'), cureOn: '2026-03-10' },
            acceptedKopecks: 400n,
          }),
        ],
        payments: [{ paidOn: '2026-03-12', kopecks: 400n }],
      }),
      [{}, { kind: 'payment', metOn: '2026-03-12' }],
    ],
  ])('run %s', (_, given, expected) => {
    const duties = dutiesOf(given);
    expect(duties).toMatchObject(expected);
    expect(duties).toHaveLength(expected.length);
  });

  it.each(ZONES)('are overdue in %s from the midnight on that ends their last day there', (timeZone) => {
    const rounds = [round({ receivedAt: new Date('2026-03-02T00:00:00Z') })];
    const duties = dutiesOf(facts({ timeZone, rounds }));
    const { dueOn } = duties.find(({ kind }) => kind === 'acceptance')!;
    const midnight = endOfDay(dueOn, timeZone).getTime();
    const overdueAt = (ms: number) => overdueOf(duties, wallTimeOf(new Date(ms), timeZone).slice(0, 10)).acceptOverdue;
    expect([overdueAt(midnight - 1), overdueAt(midnight)]).toEqual([false, true]);
  });

  it('tell the contractor’s lateness from the client’s', () => {
    const late = (given: AcceptanceFacts) => overdueOf(dutiesOf(given), '2027-01-01');
    expect(late(facts())).toEqual({ submitOverdue: true, acceptOverdue: false, paymentOverdue: false });
    const accepted = { decision: 'accepted', decidedAt: new Date('2026-03-04T00:00:00Z'), acceptedKopecks: 5n } as const;
    expect(late(facts({ rounds: [round(accepted)] }))).toMatchObject({ submitOverdue: false, paymentOverdue: true });
    expect(late(facts({ rounds: [round(accepted)], payments: [{ paidOn: '2026-03-05', kopecks: 5n }] })).paymentOverdue).toBe(
      false,
    );
  });
});

describe('silence', () => {
  const waiting = (silenceAccepts: boolean, provisional = false) => ({
    acceptance: { state: 'submitted' as const },
    duties: [{ kind: 'acceptance' as const, round: 1, dueOn: '2026-04-02', provisional, metOn: null }],
    contract: { timeZone: 'Asia/Kamchatka' },
    terms: { silenceAccepts },
  });

  it('accepts where the contract says so, when the last day is over on the client’s wall', () => {
    expect(silenceAcceptsAt(waiting(true))).toEqual(new Date('2026-04-02T12:00:00Z'));
    expect(silenceAcceptsAt(waiting(false))).toBeNull();
    expect(silenceAcceptsAt({ ...waiting(true), acceptance: { state: 'refused' } })).toBeNull();
  });

  it('is looked at every day while its term is provisional', () => {
    const now = new Date('2026-03-10T00:00:00Z');
    expect(silenceLook(waiting(true), now)).toEqual(new Date('2026-04-02T12:00:00Z'));
    expect(silenceLook(waiting(true, true), now)).toEqual(new Date('2026-03-11T00:00:00Z'));
    expect(silenceLook(waiting(false, true), now)).toBeNull();
  });
});
