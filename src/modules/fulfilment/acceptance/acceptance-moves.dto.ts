import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDateString,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsOmittable } from '../../../platform/http/omittable.decorator.js';
import { IsDay, IsText } from '../../../platform/http/text.decorators.js';
import { type Decision, DECISIONS } from './acceptance.js';
import type { DecisionDraft } from './decision.js';
import type { InvoiceDraft, PaymentDraft } from './settlements.service.js';
import type { Submission } from './submissions.service.js';

const MOST = Number.MAX_SAFE_INTEGER;
const OFFSET = /(?:Z|[+-]\d{2}:\d{2})$/;
const NAMES_OFFSET = { message: '$property must name its offset, such as 2026-12-01T06:00:00Z' };

export class UnitCountRequest {
  /** Of a unit price of the contract. @example "Публикация" */
  @IsText(1, 300) title: string;
  /** In all for the stage. @example 12 */
  @IsInt() @Min(0) @Max(1_000_000) quantity: number;
}

export class SubmissionRequest {
  /** Of the document of acceptance. @example "12" */
  @IsOptional() @IsText(1, 100) documentNumber?: string | null;
  /** Units that were rendered, of a contract with unit prices; of absent titles what plan and fact counted under them. @example [] */
  @IsOmittable()
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => UnitCountRequest)
  @ArrayMaxSize(200)
  quantities?: UnitCountRequest[];

  static submission({ documentNumber, quantities = [] }: SubmissionRequest): Submission {
    return { documentNumber: documentNumber ?? null, quantities };
  }
}

export class ReceiptRequest {
  /** When the client got the document; its day on the client's wall counts. @example 2027-01-11T22:00:00Z */
  @Matches(OFFSET, NAMES_OFFSET)
  @IsDateString({ strict: true })
  receivedAt: string;
}

export class VerdictRequest {
  /** @example 1 */
  @IsInt() @Min(1) @Max(1_000) line: number;
  /** Of a fixed price. @example 8000000 */
  @IsOptional() @IsInt() @Min(0) @Max(MOST) acceptedKopecks?: number | null;
  /** Of units. @example null */
  @IsOptional() @IsInt() @Min(0) @Max(1_000_000) acceptedQuantity?: number | null;
  /** @example "Две публикации вышли позже срока" */
  @IsText(3, 2000, { multiline: true }) reason: string;
}

export class RemarkRequest {
  /** The code of a requirement, or a line as `line-1`. @example posts-vk */
  @IsText(1, 60) deliverable: string;
  /** @example "Не представлены ссылки на две публикации" */
  @IsText(3, 2000, { multiline: true }) reason: string;
}

export class AcceptanceDecisionRequest {
  /** @example accepted */
  @IsIn(DECISIONS) decision: Decision;
  /** When it was decided, if the agency records it; absent: now. @example null */
  @IsOptional() @Matches(OFFSET, NAMES_OFFSET) @IsDateString({ strict: true }) decidedAt?: string | null;
  /** Of the client's document: the agency names it. @example "Акт № 12 от 11.01.2027" */
  @IsOptional() @IsText(1, 200) documentNumber?: string | null;
  /** Of a partial acceptance: lines of which less is accepted. @example [] */
  @IsOmittable()
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => VerdictRequest)
  @ArrayMaxSize(200)
  lines?: VerdictRequest[];
  /** Why it is refused, by deliverable. @example [] */
  @IsOmittable()
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RemarkRequest)
  @ArrayMaxSize(200)
  remarks?: RemarkRequest[];
  /** Until when what is refused may be cured. @example null */
  @IsOptional() @IsDay() cureOn?: string | null;

  static draft(request: AcceptanceDecisionRequest): DecisionDraft {
    const { decision, decidedAt, documentNumber, lines = [], remarks = [], cureOn } = request;
    return {
      ...{ decision, decidedAt: decidedAt ? new Date(decidedAt) : null, documentNumber: documentNumber ?? null },
      ...{ remarks, cureOn: cureOn ?? null },
      lines: lines.map(({ line, acceptedKopecks, acceptedQuantity, reason }) => ({
        ...{ line, acceptedQuantity: acceptedQuantity ?? null, reason },
        acceptedKopecks: typeof acceptedKopecks === 'number' ? BigInt(acceptedKopecks) : null,
      })),
    };
  }
}

export class InvoiceRequest {
  /** @example "17" */
  @IsText(1, 100) number: string;
  /** @example 2027-01-12 */
  @IsDay() invoicedOn: string;

  static invoice({ number, invoicedOn }: InvoiceRequest): InvoiceDraft {
    return { number, invoicedOn };
  }
}

export class PaymentRequest {
  /** @example 2027-01-20 */
  @IsDay() paidOn: string;
  /** @example 8000000 */
  @IsInt() @Min(1) @Max(MOST) kopecks: number;
  /** @example "Платёжное поручение 118" */
  @IsOptional() @IsText(1, 200) document?: string | null;

  static payment({ paidOn, kopecks, document }: PaymentRequest): PaymentDraft {
    return { paidOn, kopecks: BigInt(kopecks), document: document ?? null };
  }
}
