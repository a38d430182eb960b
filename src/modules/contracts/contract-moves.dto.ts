import { IsIn, IsOptional } from 'class-validator';
import { IsOmittable } from '../../platform/http/omittable.decorator.js';
import { IsDay, IsText } from '../../platform/http/text.decorators.js';
import { TERMINATION_GROUNDS, type TerminationGround } from './clauses.js';
import type { Termination } from './terminations.service.js';

export class SignContractRequest {
  /** The day of the last signature. @example 2026-11-24 */
  @IsDay() signedOn: string;
}

export class ReasonRequest {
  /** Why; it stands in the audit log. @example "Заказчик приостановил исполнение" */
  @IsText(3, 1000) reason: string;
}

export class TerminateContractRequest {
  /** Why, as the contract or the law names it. @example "Соглашение сторон от 24.11.2026" */
  @IsText(3, 1000) reason: string;
  /** `mutual` if absent. @example mutual */
  @IsOmittable() @IsIn(TERMINATION_GROUNDS) ground?: TerminationGround;
  /** The day on which the other party got the notice, when a notice is needed. @example null */
  @IsOptional() @IsDay() noticeOn?: string | null;
  /** The first day on which it does not hold any more, in its zone; absent: now. @example null */
  @IsOptional() @IsDay() effectiveOn?: string | null;

  static termination({ reason, ground = 'mutual', noticeOn, effectiveOn }: TerminateContractRequest): Termination {
    return { reason, ground, noticeOn: noticeOn ?? null, effectiveOn: effectiveOn ?? null };
  }
}
