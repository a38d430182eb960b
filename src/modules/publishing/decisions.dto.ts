import { IsIn, IsOptional, IsUrl, MaxLength, ValidateIf } from 'class-validator';
import { IsText } from '../../platform/http/text.decorators.js';
import { type Decision, type DecisionKind, DECISIONS } from './decision.js';
import type { DecisionRequest } from './decisions.service.js';
import type { PublicationState } from './publication.js';

export class DecidePublicationRequest {
  /** `adopt`: it is there, at `url`. `sendAgain`: it is not there, send it now. `giveUp`: it is not wanted any more. @example adopt */
  @IsIn(DECISIONS) decision: DecisionKind;
  /** The permalink on this page; needed to adopt. @example https://vk.com/wall-220000001_41 */
  @ValidateIf((body: DecidePublicationRequest) => body.decision === 'adopt' || (body.url !== undefined && body.url !== null))
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true })
  @MaxLength(500)
  url?: string | null;
  /** Why, for those who read it later. @example Запись на странице есть, проверила Анна */
  @IsOptional() @IsText(1, 2000, { multiline: true }) comment?: string | null;

  static request({ decision, url, comment }: DecidePublicationRequest): DecisionRequest {
    return { decision, url: url ?? null, comment: comment ?? null };
  }
}

export class DecisionResponse {
  /** @example 019b76da-a800-7000-8000-000000000010 */
  id: string;
  /** @example adopt */
  decision: DecisionKind;
  /** @example unclear */
  stateBefore: PublicationState;
  /** @example https://vk.com/wall-220000001_41 */
  url: string | null;
  /** Whether the network itself showed the post; null when the credentials can't read it. @example true */
  verified: boolean | null;
  /** Whether the post says what was approved. @example true */
  textMatches: boolean | null;
  /** @example Запись на странице есть, проверила Анна */
  comment: string | null;
  /** @example 019b76da-a800-7000-8000-000000000004 */
  decidedBy: string;
  /** @example 2026-12-01T06:10:00.000Z */
  decidedAt: Date;

  static of(decision: Decision): DecisionResponse {
    const { id, stateBefore, url, verified, textMatches, comment, decidedBy, decidedAt } = decision;
    return { id, decision: decision.decision, stateBefore, url, verified, textMatches, comment, decidedBy, decidedAt };
  }
}

export class DecisionList {
  /** The newest 200. */
  data: DecisionResponse[];
}
