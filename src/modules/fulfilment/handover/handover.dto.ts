import { IsIn, IsOptional } from 'class-validator';
import { IsText } from '../../../platform/http/text.decorators.js';
import {
  HANDOVER_CODES,
  HANDOVER_KINDS,
  HANDOVER_STATES,
  type HandoverCode,
  type HandoverLine,
  type HandoverState,
  SETTLEMENTS,
  type Settlement,
} from './handover.js';

export class SettleHandoverRequest {
  /** `waived` needs a note. @example done */
  @IsIn(SETTLEMENTS) state: Settlement;
  /** Whose signature, which letter, why it is not needed. @example "Акт передачи от 31.12.2026 № 4" */
  @IsOptional() @IsText(3, 1000, { multiline: true }) note?: string | null;
}

export class HandoverItemResponse {
  /** @example 019b76da-a800-7000-8000-000000000041 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000008 */
  contractId: string;
  /** Null: of the contract as a whole. @example 019b76da-a800-7000-8000-000000000006 */
  pageId: string | null;
  /** @example pageOwner */
  @IsIn(HANDOVER_CODES) code: HandoverCode;
  /** @example "Владелец страницы — сотрудник заказчика" */
  title: string;
  /** Whether a person settles it, or the machine sees it by itself. @example person */
  @IsIn(['person', 'machine']) by: 'person' | 'machine';
  /** `notNeeded`: another contract goes on with the page. @example done */
  @IsIn(HANDOVER_STATES) state: HandoverState;
  /** @example "Акт передачи от 31.12.2026 № 4" */
  note: string | null;
  /** @example 019b76da-a800-7000-8000-000000000004 */
  settledBy: string | null;
  /** @example 2026-12-30T06:00:00.000Z */
  settledAt: Date | null;
  /** @example 2 */
  version: number;

  static of(line: HandoverLine): HandoverItemResponse {
    const { id, contractId, pageId, code, state, note, settledBy, settledAt, version } = line;
    const { title, by } = HANDOVER_KINDS[code];
    return { id, contractId, pageId, code, title, by, state, note, settledBy, settledAt, version };
  }
}

export class HandoverResponse {
  /** How many lines nobody has settled yet; the contract is archived when there are none. @example 3 */
  open: number;
  /** In the order in which it is done. */
  items: HandoverItemResponse[];

  static of(lines: readonly HandoverLine[]): HandoverResponse {
    return { open: lines.filter(({ state }) => state === 'open').length, items: lines.map(HandoverItemResponse.of) };
  }
}
