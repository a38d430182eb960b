import { describe, expect, it } from '@jest/globals';
import { usualClauses } from '../../contracts/clauses.js';
import type { Contract } from '../../contracts/contract.js';
import type { AcceptanceDate } from '../acceptance/acceptance-date.js';
import { contractDeadlines } from './contract-deadlines.js';
import { aContract, aStage, ELEVEN_ZONES, KNOWN_YEARS } from './deadlines.spec-support.js';

const clauses = usualClauses('civilServices');
const dates = (contract: Contract, stages = [aStage()], acceptance: AcceptanceDate[] = []) =>
  contractDeadlines({ contract, stages, acceptance, workingDays: KNOWN_YEARS });
const days = (contract: Contract, stages = [aStage()], acceptance: AcceptanceDate[] = []) =>
  dates(contract, stages, acceptance).map(({ kind, dueOn }) => [kind, dueOn]);

describe('the dates of a contract', () => {
  it('are none while it is a draft', () => {
    expect(dates(aContract({ versions: 0, status: 'draft' }), [])).toEqual([]);
  });

  it('are those of its stages, its end, and its handover', () => {
    expect(days(aContract())).toEqual([
      ['stageClose', '2026-01-31'],
      ['contractEnd', '2026-12-31'],
      ['handoverBegins', '2026-12-02'],
    ]);
  });

  it.each<[string, Partial<Contract>, [string, string][]]>([
    [
      'its validity and securities',
      {
        clauses: {
          ...{ ...clauses, validUntil: '2027-02-28', handoverDays: 0 },
          securities: [
            { kind: 'performance', form: 'money', amountKopecks: 1n, returnOn: '2028-02-29' },
            { kind: 'warranty', form: 'guarantee', amountKopecks: 1n, returnOn: null },
          ],
        },
      },
      [
        ['securityReturn', '2028-02-29'],
        ['contractEnd', '2026-12-31'],
        ['validUntil', '2027-02-28'],
      ],
    ],
    [
      'a leap day',
      { startsOn: '2028-01-01', endsOn: '2028-02-29' },
      [
        ['contractEnd', '2028-02-29'],
        ['handoverBegins', '2028-01-31'],
      ],
    ],
    [
      'a handover that is longer than the contract',
      { startsOn: '2026-03-01', endsOn: '2026-03-10' },
      [
        ['contractEnd', '2026-03-10'],
        ['handoverBegins', '2026-03-01'],
      ],
    ],
    // The first day on which it holds no more; its own end is not waited for.
    ['a notice', { terminatesAt: new Date('2026-05-31T12:00:00Z') }, [['terminationEffective', '2026-06-01']]],
    [
      'a termination',
      { status: 'terminated', terminatedAt: new Date('2026-05-31T12:00:00Z') },
      [['terminationEffective', '2026-06-01']],
    ],
  ])('say %s', (_, changes, expected) => {
    expect(days(aContract(changes), [])).toEqual(expected);
  });

  it.each(ELEVEN_ZONES)('are days on the wall of %s', (timeZone) => {
    const [stage, end] = dates(aContract({ timeZone }), [aStage({ endsOn: '2026-12-31' }, timeZone)]);
    expect([stage, end]).toMatchObject([{ dueOn: '2026-12-31' }, { dueOn: '2026-12-31' }]);
    expect(stage!.passesAt).toEqual(end!.passesAt);
    expect(end!.dueAt).toEqual(end!.passesAt);
  });

  it('leave out a stage that was dropped, and cut one that a termination has cut', () => {
    const cut = aStage({ closesAt: new Date('2026-01-19T12:00:00Z') });
    expect(days(aContract({ terminatesAt: new Date('2026-01-19T12:00:00Z') }), [cut, aStage({ state: 'dropped' })])).toEqual([
      ['stageClose', '2026-01-19'],
      ['terminationEffective', '2026-01-20'],
    ]);
  });

  it.each<[AcceptanceDate['kind'], string, string]>([
    ['submission', 'contractor', 'Сдать результаты: Этап 1 · договор № 7'],
    ['acceptance', 'client', 'Приёмка заказчиком: Этап 1 · договор № 7'],
    ['payment', 'client', 'Оплата заказчиком: Этап 1 · договор № 7'],
    ['cure', 'contractor', 'Устранить недостатки: Этап 1 · договор № 7'],
  ])('of acceptance say on whom it is: %s', (kind, waitingFor, title) => {
    const said = { stageId: 'stage', kind, round: 1, dueOn: '2027-01-20', provisional: true, met: false };
    const found = dates(aContract(), [aStage({ endsOn: '2026-12-31' })], [said]).find((one) => one.kind === kind);
    expect(found).toMatchObject({ waitingFor, title, provisionalYear: 2027, outcome: 'owed', stageId: 'stage' });
    const met = dates(aContract(), [aStage()], [{ ...said, met: true, provisional: false }]).find((one) => one.kind === kind);
    expect(met).toMatchObject({ outcome: 'met', provisionalYear: null });
  });
});
