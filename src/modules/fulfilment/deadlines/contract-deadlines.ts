import { endOfDay } from '../../../platform/clock/zones.js';
import type { Contract } from '../../contracts/contract.js';
import type { Stage } from '../../contracts/stage.js';
import type { WorkingDays } from '../../contracts/working-days.js';
import { dayOf } from '../../../platform/clock/days.js';
import type { AcceptanceDate } from '../acceptance/acceptance-date.js';
import type { PlannedDeadline } from './deadline.js';
import { acceptanceTitle, contractTitle, securityTitle } from './deadline-wording.js';

const DAY_MS = 86_400_000;

/** What a contract with its stages and its acceptance says of dates. */
export interface ContractDates {
  readonly contract: Contract;
  readonly stages: readonly Stage[];
  readonly acceptance: readonly AcceptanceDate[];
  /** Of the client's place. */
  readonly workingDays: WorkingDays;
}

/** The dates of a signed contract beside its requirements'. Of a draft none: nobody has agreed to them. */
export function contractDeadlines({ contract, stages, acceptance, workingDays }: ContractDates): PlannedDeadline[] {
  if (contract.versions === 0 || contract.status === 'cancelled') return [];
  return [
    ...stages.flatMap((stage) => stageClose(contract, stage)),
    ...acceptance.flatMap((date) => accepted(contract, stages, date, workingDays)),
    ...securities(contract),
    ...ends(contract),
  ];
}

function stageClose(contract: Contract, stage: Stage): PlannedDeadline[] {
  if (stage.state === 'dropped') return [];
  const { id: stageId, title, closesAt } = stage;
  const dates = { dueOn: lastDayBefore(closesAt, contract.timeZone), dueAt: closesAt, passesAt: closesAt };
  const told = { title: contractTitle(contract, `Последний день: ${title}`), stageId, subject: stageId };
  return [{ ...told, ...dates, kind: 'stageClose', provisionalYear: null, outcome: 'comes', waitingFor: 'contractor' }];
}

const ON_CLIENT: readonly AcceptanceDate['kind'][] = ['acceptance', 'payment'];

function accepted(
  contract: Contract,
  stages: readonly Stage[],
  { stageId, kind, round, dueOn, provisional, met }: AcceptanceDate,
  workingDays: WorkingDays,
): PlannedDeadline[] {
  const stage = stages.find(({ id }) => id === stageId);
  if (!stage) return [];
  const year = provisional ? (workingDays.unofficialYear(stage.endsOn, dueOn) ?? Number(dueOn.slice(0, 4))) : null;
  return [
    {
      ...{ kind, subject: `${stageId} ${round}`, stageId, title: contractTitle(contract, acceptanceTitle(kind, stage.title)) },
      ...wholeDay(dueOn, contract.timeZone),
      ...{ provisionalYear: year, outcome: met ? 'met' : 'owed', waitingFor: ON_CLIENT.includes(kind) ? 'client' : 'contractor' },
    },
  ];
}

/** Whether a security came back is told by nobody yet. */
function securities(contract: Contract): PlannedDeadline[] {
  return contract.clauses.securities.flatMap((security, i): PlannedDeadline[] => {
    if (security.returnOn === null) return [];
    const ordinal = contract.clauses.securities.slice(0, i).filter(({ kind }) => kind === security.kind).length + 1;
    return [
      {
        ...{ kind: 'securityReturn', subject: `${security.kind} ${ordinal}`, stageId: null, provisionalYear: null },
        ...{ title: contractTitle(contract, securityTitle(security.kind)), ...wholeDay(security.returnOn, contract.timeZone) },
        ...{ outcome: 'untold', waitingFor: 'client' },
      },
    ];
  });
}

function ends(contract: Contract): PlannedDeadline[] {
  const { timeZone, clauses, startsAt, endsAt } = contract;
  const over = contract.terminatedAt ?? contract.terminatesAt;
  const moment = (kind: PlannedDeadline['kind'], text: string, at: Date, dueOn: string): PlannedDeadline => ({
    ...{ kind, subject: '', stageId: null, title: contractTitle(contract, text), dueOn, dueAt: at, passesAt: at },
    ...{ provisionalYear: null, outcome: 'comes', waitingFor: 'nobody' },
  });
  // The first day on which it holds no more. Its own end is not waited for any longer, unless the notice is withdrawn.
  if (over) return [moment('terminationEffective', 'Расторжение вступает в силу', over, dayOf(over, timeZone))];
  const handoverAt = new Date(Math.max(endsAt.getTime() - clauses.handoverDays * DAY_MS, startsAt.getTime()));
  const { validUntil } = clauses;
  return [
    moment('contractEnd', 'Окончание срока оказания услуг', endsAt, lastDayBefore(endsAt, timeZone)),
    ...(clauses.handoverDays > 0
      ? [moment('handoverBegins', 'Начало передачи дел', handoverAt, dayOf(handoverAt, timeZone))]
      : []),
    ...(validUntil === null
      ? []
      : [{ ...moment('validUntil', 'Окончание срока действия', endsAt, validUntil), ...wholeDay(validUntil, timeZone) }]),
  ];
}

/** Until the end of a day on the client's wall. */
export function wholeDay(dueOn: string, timeZone: string): Pick<PlannedDeadline, 'dueOn' | 'dueAt' | 'passesAt'> {
  return { dueOn, dueAt: null, passesAt: endOfDay(dueOn, timeZone) };
}

/** An interval that ends at midnight has the day before as its last. */
function lastDayBefore(end: Date, timeZone: string): string {
  return dayOf(new Date(end.getTime() - 1), timeZone);
}
