import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsIn, IsObject, IsOptional, IsUrl, MaxLength, ValidateNested } from 'class-validator';
import { IsDay, IsText } from '../../platform/http/text.decorators.js';
import { EXCUSE_CAUSES, type Excuse, type ExcuseCause } from './excuse.js';
import type { ExcuseDraft } from './excuses.service.js';

export class ExcuseEvidenceRequest {
  /** @example "Письмо пресс-службы от 14.12.2026: согласование перенесено" */
  @IsText(3, 500) title: string;
  /** @example "https://mail.example/letters/7" */
  @IsOptional() @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false }) @MaxLength(2_000) url?:
    string | null;
}

export class ExcuseRequest {
  /** The code of a requirement; absent or null means every one. @example posts-vk */
  @IsOptional() @IsText(1, 60) requirement?: string | null;
  /** @example clientDelay */
  @IsIn(EXCUSE_CAUSES) cause: ExcuseCause;
  /** Who is to blame. @example "Пресс-служба администрации" */
  @IsText(2, 300) causedBy: string;
  /** @example "Тексты согласованы на пять дней позже срока" */
  @IsText(3, 2000, { multiline: true }) reason: string;
  /** First excused day, in the contract's zone. @example 2026-12-14 */
  @IsDay() startsOn: string;
  /** Last one, included. @example 2026-12-18 */
  @IsDay() endsOn: string;
  /** What proves it. */
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ExcuseEvidenceRequest)
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  evidence: ExcuseEvidenceRequest[];

  static draft({ requirement, cause, causedBy, reason, startsOn, endsOn, evidence }: ExcuseRequest): ExcuseDraft {
    const proof = evidence.map(({ title, url }) => ({ title, url: url ?? null }));
    return { requirement: requirement ?? null, cause, causedBy, reason, startsOn, endsOn, evidence: proof };
  }
}

export class ExcuseWithdrawalRequest {
  /** @example "Записано по ошибке" */
  @IsText(3, 1000) reason: string;
}

export class ExcuseEvidenceResponse {
  /** @example "Письмо пресс-службы от 14.12.2026: согласование перенесено" */
  title: string;
  /** @example "https://mail.example/letters/7" */
  url: string | null;
}

export class ExcuseResponse {
  /** @example 019b76da-a800-7000-8000-000000000032 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000008 */
  contractId: string;
  /** Null: every requirement. @example posts-vk */
  requirement: string | null;
  /** @example clientDelay */
  cause: ExcuseCause;
  /** @example "Пресс-служба администрации" */
  causedBy: string;
  /** @example "Тексты согласованы на пять дней позже срока" */
  reason: string;
  /** @example 2026-12-14 */
  startsOn: string;
  /** @example 2026-12-18 */
  endsOn: string;
  evidence: ExcuseEvidenceResponse[];
  /** @example 019b76da-a800-7000-8000-000000000004 */
  recordedBy: string;
  /** @example 2026-12-19T06:00:00.000Z */
  recordedAt: Date;
  /** Null while it counts. @example null */
  withdrawnBy: string | null;
  /** @example null */
  withdrawnAt: Date | null;
  /** @example null */
  withdrawnWhy: string | null;

  static of(excuse: Excuse): ExcuseResponse {
    const { id, contractId, requirement, cause, causedBy, reason, startsOn, endsOn, recordedBy, recordedAt } = excuse;
    const { withdrawnBy, withdrawnAt, withdrawnWhy } = excuse;
    return {
      ...{ id, contractId, requirement, cause, causedBy, reason, startsOn, endsOn, recordedBy, recordedAt },
      ...{ withdrawnBy, withdrawnAt, withdrawnWhy, evidence: excuse.evidence.map(({ title, url }) => ({ title, url })) },
    };
  }
}

export class ExcusePage {
  data: ExcuseResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
