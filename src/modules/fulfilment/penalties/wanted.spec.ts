import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { usualClauses } from '../../contracts/clauses.js';
import type { ContractKind } from '../../contracts/contract-kind.js';
import type { Round } from '../acceptance/acceptance.js';
import type { Duty } from '../acceptance/duties.js';
import type { RequirementPeriod } from '../requirement-period.js';
import { nextReview } from './next-review.js';
import { type PenaltyFacts, type PenalizedStage, wantedPenalties } from './wanted.js';

const ROUND: Round = {
  ...{ id: 'r', acceptanceId: 'a', number: 1, contractVersion: 1, lines: [], claimedKopecks: 10_000_000n, documentNumber: null },
  ...{ snapshotSha256: '', cutOffAt: new Date(0), submittedBy: 'm', submittedAt: new Date(0), receivedAt: null, decision: null },
  ...{ decidedAt: null, decidedBy: null, decisionDocument: null, verdicts: [], remarks: [], cureOn: null, acceptedKopecks: 0n },
};
const STAGE = {
  ...{ id: 'stage', ordinal: 1, title: 'Этап 1', startsOn: '2026-02-02', endsOn: '2026-02-15', amountKopecks: 10_000_000n },
};
const SUBMISSION: Duty = { kind: 'submission', round: 1, dueOn: '2026-02-20', provisional: false, metOn: '2026-02-24' };
const MISSED: RequirementPeriod = {
  ...{ id: 'p', clientId: 'c', contractId: 'k', requirement: 'posts-vk', contractVersion: 1, startsOn: '2026-02-02' },
  ...{ endsOn: '2026-02-08', dueOn: '2026-02-08', state: 'missed', planned: 2, done: 0, scheduled: 0, atRisk: 0 },
  ...{ impossibleOn: null, missed: 2, excused: 0, provisional: false, computedAt: new Date(0) },
};

function aStage(changes: Partial<PenalizedStage> = {}): PenalizedStage {
  return { stage: STAGE, acceptance: { state: 'submitted' }, rounds: [ROUND], payments: [], duties: [SUBMISSION], ...changes };
}

function facts(changes: Partial<PenaltyFacts> = {}, kind: ContractKind = 'municipal44Fz'): PenaltyFacts {
  return {
    ...{ contract: { kind, priceKopecks: 100_000_000n }, stages: [aStage()], periods: [], excuses: [], today: '2026-04-01' },
    versions: [{ number: 1, clauses: usualClauses(kind), priceKopecks: 100_000_000n }],
    rates: [{ from: '2026-01-01', basisPoints: 1_600 }],
    ...changes,
  };
}

const brief = (given: PenaltyFacts) => wantedPenalties(given).map(({ cause, against, kopecks }) => [cause, against, kopecks]);

describe('what is proposed', () => {
  it('for a document that came late is interest on its sum', () => {
    expect(brief(facts())).toEqual([['lateSubmission:stage:1', 'contractor', 21_333n]]);
    expect(wantedPenalties(facts())[0]!.reckoning.words).toContain('до 20.02.2026, передан 24.02.2026');
  });

  it('for one that has not come at all is interest on the stage, until today', () => {
    const stage = aStage({ rounds: [], duties: [{ ...SUBMISSION, metOn: null }] });
    expect(brief(facts({ stages: [stage] }))).toEqual([['lateSubmission:stage:1', 'contractor', 213_333n]]);
  });

  it('for a late cure is interest on what was refused', () => {
    const rounds = [{ ...ROUND, acceptedKopecks: 4_000_000n }];
    const cure: Duty = { kind: 'cure', round: 1, dueOn: '2026-03-06', provisional: false, metOn: '2026-03-10' };
    const [one] = wantedPenalties(facts({ stages: [aStage({ rounds, duties: [cure] })] }));
    expect(one).toMatchObject({
      cause: 'lateCure:stage:1',
      kopecks: 12_800n,
      reckoning: { parts: [{ kopecks: 6_000_000n, days: 4 }] },
    });
  });

  it('against the client is interest on each part that he paid late', () => {
    const rounds = [{ ...ROUND, acceptedKopecks: 8_000_000n }];
    const payments = [
      {
        ...{ id: '1', acceptanceId: 'a', document: null, recordedBy: 'm', recordedAt: new Date(0) },
        paidOn: '2026-03-18',
        kopecks: 5_000_000n,
      },
      {
        ...{ id: '2', acceptanceId: 'a', document: null, recordedBy: 'm', recordedAt: new Date(0) },
        paidOn: '2026-03-25',
        kopecks: 1_000_000n,
      },
    ];
    const payment: Duty = { kind: 'payment', round: 1, dueOn: '2026-03-19', provisional: false, metOn: null };
    const [one] = wantedPenalties(facts({ stages: [aStage({ rounds, payments, duties: [payment] })] }));
    // Six days of 10,000 rubles and thirteen of 20,000.
    expect(one).toMatchObject({ cause: 'latePayment:stage:1', against: 'client', kopecks: 17_067n });
  });

  it('for a missed period is one fine by the price', () => {
    const [one] = wantedPenalties(facts({ stages: [], periods: [MISSED] }));
    expect(one).toMatchObject({ cause: 'missedRequirement:posts-vk:2026-02-02', kopecks: 100_000n, requirement: 'posts-vk' });
    expect(one!.reckoning.doubts.join()).toContain('нарушений может быть 2');
  });

  it.each<[string, PenaltyFacts]>([
    ['late on an excused day', facts({ excuses: [{ requirement: null, from: '2026-02-20', until: '2026-02-20' }] })],
    ['in time', facts({ stages: [aStage({ duties: [{ ...SUBMISSION, metOn: '2026-02-20' }] })] })],
    [
      'late by a day that is not over',
      facts({ stages: [aStage({ duties: [{ ...SUBMISSION, metOn: null }] })], today: '2026-02-20' }),
    ],
    ['of a stage that is not ready', facts({ stages: [aStage({ acceptance: null })] })],
    ['late under a contract without interest', facts({}, 'civilServices')],
    ['missed under a contract without fines', facts({ stages: [], periods: [MISSED] }, 'civilServices')],
    ['excused', facts({ stages: [], periods: [{ ...MISSED, state: 'excused', missed: 0, excused: 2 }] })],
    ['missed in a period that is not over', facts({ stages: [], periods: [MISSED], today: '2026-02-08' })],
    ['without a source of facts', facts({ stages: [], periods: [{ ...MISSED, state: 'noSource', missed: 0 }] })],
  ])('is nothing for what is %s', (_, given) => {
    expect(wantedPenalties(given)).toEqual([]);
  });

  it('names each cause once and stays the same, in whatever order facts come', () => {
    const days = ['2026-02-02', '2026-02-09', '2026-02-16'];
    const periods = days.map((day) => ({ ...MISSED, startsOn: day, endsOn: day }));
    const stages = days.map((day) => aStage({ stage: { ...STAGE, id: day, startsOn: day, endsOn: day } }));
    const sorted = (given: PenaltyFacts) => wantedPenalties(given).sort((a, b) => (a.cause < b.cause ? -1 : 1));
    const expected = sorted(facts({ stages, periods }));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(periods, { minLength: 3 }),
        fc.shuffledSubarray(stages, { minLength: 3 }),
        (some, others) => {
          const wanted = sorted(facts({ stages: others, periods: some }));
          expect(new Set(wanted.map(({ cause }) => cause)).size).toBe(wanted.length);
          expect(wanted).toEqual(expected);
        },
      ),
    );
  });
});

describe('the next review', () => {
  const at = (...stages: Parameters<typeof nextReview>[0]['stages']) =>
    nextReview({ stages, timeZone: 'Asia/Kamchatka', today: '2026-03-10' });

  it('comes an hour after the next midnight of the client, until everything is paid', () => {
    expect(at({ acceptance: null })).toEqual(new Date('2026-03-10T13:00:00Z'));
    expect(at({ acceptance: { state: 'invoiced', acceptedKopecks: 1n } })).not.toBeNull();
    expect(at({ acceptance: { state: 'paid', acceptedKopecks: 1n } })).toBeNull();
    expect(at({ acceptance: { state: 'accepted', acceptedKopecks: 0n } })).toBeNull();
  });
});
