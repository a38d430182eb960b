import { endOfDay, startOfDay } from '../../../platform/clock/zones.js';
import { usualClauses } from '../../contracts/clauses.js';
import type { Contract } from '../../contracts/contract.js';
import { RUSSIAN_YEARS } from '../../contracts/russian-calendar.js';
import { type Stage, stageTimes } from '../../contracts/stage.js';
import { WorkingDays } from '../../contracts/working-days.js';
import type { Deadline } from './deadline.js';

/** Offsets +2 to +12: all that Russia has. */
export const ELEVEN_ZONES = [
  ...['Europe/Kaliningrad', 'Europe/Moscow', 'Europe/Samara', 'Asia/Yekaterinburg', 'Asia/Omsk', 'Asia/Novosibirsk'],
  ...['Asia/Irkutsk', 'Asia/Yakutsk', 'Asia/Vladivostok', 'Asia/Magadan', 'Asia/Kamchatka'],
];

export const KNOWN_YEARS = new WorkingDays(RUSSIAN_YEARS);

/** Signed, for the year 2026 on Kamchatka. */
export function aContract(changes: Partial<Contract> = {}): Contract {
  const { startsOn = '2026-01-01', endsOn = '2026-12-31', timeZone = 'Asia/Kamchatka' } = changes;
  return {
    ...{
      id: 'contract',
      clientId: 'client',
      number: '7',
      concludedOn: startsOn,
      kind: 'civilServices',
      subject: 'Ведение страниц',
    },
    ...{
      priceKopecks: 100n,
      pageIds: [],
      clauses: usualClauses('civilServices'),
      status: 'active',
      signedOn: startsOn,
      versions: 1,
    },
    ...{ startsAt: startOfDay(startsOn, timeZone), endsAt: endOfDay(endsOn, timeZone), startsOn, endsOn, timeZone },
    ...{ terminatesAt: null, terminatedAt: null, terminationGround: null, terminationReason: null, noticeOn: null },
    ...{ version: 1, createdAt: new Date(0), updatedAt: new Date(0) },
    ...changes,
  };
}

export function aStage(changes: Partial<Stage> = {}, timeZone = 'Asia/Kamchatka'): Stage {
  const days = { title: 'Этап 1', startsOn: '2026-01-01', endsOn: '2026-01-31', amountKopecks: 100n };
  const planned = { ...days, ...changes };
  return {
    ...{ id: 'stage', contractId: 'contract', clientId: 'client', ordinal: 1, state: 'open', version: 1 },
    ...planned,
    ...stageTimes(planned, timeZone),
    ...changes,
  };
}

/** Open, due on 10 December 2026 in Moscow, known for long. */
export function aDeadline(changes: Partial<Deadline> = {}): Deadline {
  const { dueOn = '2026-12-10', timeZone = 'Europe/Moscow' } = changes;
  return {
    ...{
      id: 'deadline',
      clientId: 'client',
      contractId: 'contract',
      pageId: null,
      stageId: null,
      kind: 'submission',
      subject: 'stage',
    },
    ...{ title: 'Сдать результаты: Этап 1 · договор № 7', dueOn, dueAt: null, passesAt: endOfDay(dueOn, timeZone), timeZone },
    ...{ provisionalYear: null, state: 'open', waitingFor: 'contractor', untold: false, sequence: 0 },
    ...{ datedAt: new Date('2026-01-01T00:00:00Z'), cancelledAt: null, updatedAt: new Date('2026-01-01T00:00:00Z') },
    ...changes,
  };
}
