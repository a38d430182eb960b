import { IsIn, IsUUID } from 'class-validator';
import { IsOmittable } from '../../../platform/http/omittable.decorator.js';
import { PageQuery } from '../../../platform/http/pagination.js';
import { IsDay } from '../../../platform/http/text.decorators.js';
import {
  type Deadline,
  DEADLINE_KINDS,
  DEADLINE_STATES,
  type DeadlineKind,
  type DeadlineState,
  WAITING_FOR,
  type WaitingFor,
} from './deadline.js';
import { provisionalReason } from './deadline-wording.js';
import type { DeadlineFilter } from './deadline.store.js';

export class DeadlinesQuery extends PageQuery {
  /** Those of one client. @example 019b76da-a800-7000-8000-000000000002 */
  @IsOmittable() @IsUUID() clientId?: string;
  /** Those of one contract. @example 019b76da-a800-7000-8000-000000000008 */
  @IsOmittable() @IsUUID() contractId?: string;
  /** Those of one page. @example 019b76da-a800-7000-8000-000000000009 */
  @IsOmittable() @IsUUID() pageId?: string;
  /** @example reportDue */
  @IsOmittable() @IsIn(DEADLINE_KINDS) kind?: DeadlineKind;
  /** @example open */
  @IsOmittable() @IsIn(DEADLINE_STATES) state?: DeadlineState;
  /** On whom it is. @example client */
  @IsOmittable() @IsIn(WAITING_FOR) waitingFor?: WaitingFor;
  /** Whether the date may move with a production calendar. @example true */
  @IsOmittable() @IsIn(['true', 'false']) provisional?: 'true' | 'false';
  /** First day. @example 2026-12-01 */
  @IsOmittable() @IsDay() from?: string;
  /** Last day, included. @example 2026-12-31 */
  @IsOmittable() @IsDay() to?: string;

  static filter({
    clientId,
    contractId,
    pageId,
    kind,
    state,
    waitingFor,
    provisional,
    from,
    to,
  }: DeadlinesQuery): DeadlineFilter {
    return {
      ...{ clientId, contractId, pageId, waitingFor, from, to },
      kinds: kind && [kind],
      states: state && [state],
      provisional: provisional && provisional === 'true',
    };
  }
}

export class DeadlineResponse {
  /** @example 019b76da-a800-7000-8000-000000000041 */
  id: string;
  /** @example reportDue */
  kind: DeadlineKind;
  /** @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string;
  /** Null of a page's. @example 019b76da-a800-7000-8000-000000000008 */
  contractId: string | null;
  /** Null of a contract's. @example null */
  pageId: string | null;
  /** @example null */
  stageId: string | null;
  /** For people. @example "Ежемесячный отчёт (01.12.2026–31.12.2026) · договор № 12-ГК/2026" */
  title: string;
  /** The last day, in the client's zone. @example 2027-01-15 */
  dueOn: string;
  /** The instant, where there is one. @example null */
  dueAt: Date | null;
  /** IANA zone of `dueOn`. @example Asia/Kamchatka */
  timeZone: string;
  /** It hangs on a production calendar that is not official, and may move. @example true */
  provisional: boolean;
  /** The year whose calendar it is. @example 2027 */
  provisionalYear: number | null;
  /** Why it may move, for people. @example "Предварительно: производственный календарь на 2027 год не утверждён, дата может измениться" */
  provisionalReason: string | null;
  /** `cancelled`: it does not hold any more. @example open */
  state: DeadlineState;
  /** Nobody tells whether it is met: it stays open after its day. @example true */
  untold: boolean;
  /** On whom it is; `nobody` once it is met. @example contractor */
  waitingFor: WaitingFor;
  /** Rises with each change. @example 0 */
  sequence: number;
  /** Since when it has this date. @example 2026-11-24T09:00:00.000Z */
  datedAt: Date;
  /** @example 2026-11-24T09:00:00.000Z */
  updatedAt: Date;

  static of(deadline: Deadline): DeadlineResponse {
    const { id, kind, clientId, contractId, pageId, stageId, title, dueOn, dueAt, timeZone, provisionalYear } = deadline;
    const { state, untold, waitingFor, sequence, datedAt, updatedAt } = deadline;
    return {
      ...{ id, kind, clientId, contractId, pageId, stageId, title, dueOn, dueAt, timeZone },
      ...{ provisional: provisionalYear !== null, provisionalYear, provisionalReason: provisionalReason(provisionalYear) },
      ...{ state, untold, waitingFor, sequence, datedAt, updatedAt },
    };
  }
}

export class DeadlinePage {
  data: DeadlineResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
