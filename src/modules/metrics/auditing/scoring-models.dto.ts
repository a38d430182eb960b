import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsBoolean, IsIn, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { IsText } from '../../../platform/http/text.decorators.js';
import { SCORED, type Scored, type ScoringModel } from './scoring-model.js';
import type { NewModel } from './scoring-model.store.js';

export class StepRequest {
  /** 1 for yes; widgets and posts are counted; reach is in whole percent of the subscribers. @example 3 */
  @IsInt() @Min(0) @Max(10_000) value: number;
  /** Whether the value itself does not suffice. @example false */
  @IsBoolean() above: boolean;
  /** @example 40 */
  @IsInt() @Min(0) @Max(1_000) points: number;
}

export class ScoringItemRequest {
  /** @example activity */
  @IsIn(SCORED) subject: Scored;
  /** Of those that are reached the greatest counts. */
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => StepRequest)
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  steps: StepRequest[];
}

export class ScoringModelRequest {
  /** @example "Камчатка, 100 баллов" */
  @IsText(3, 200) name: string;
  /** Whose practice it is. @example "Методика министерства цифрового развития края, 2026 год" */
  @IsText(3, 500) origin: string;
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ScoringItemRequest)
  @ArrayMinSize(1)
  @ArrayMaxSize(SCORED.length)
  items: ScoringItemRequest[];

  static model({ name, origin, items }: ScoringModelRequest): NewModel {
    return { name, origin, items: items.map(ScoringItemResponse.of) };
  }
}

export class StepResponse {
  /** @example 3 */
  value: number;
  /** @example false */
  above: boolean;
  /** @example 40 */
  points: number;
}

export class ScoringItemResponse {
  /** @example activity */
  subject: Scored;
  steps: StepResponse[];

  static of({ subject, steps }: ScoringModel['items'][number]): ScoringItemResponse {
    return { subject, steps: steps.map(({ value, above, points }) => ({ value, above, points })) };
  }
}

export class ScoringModelResponse {
  /** @example 2 */
  version: number;
  /** @example "Камчатка, 100 баллов" */
  name: string;
  /** Whose practice it is. @example "Методика министерства цифрового развития края, 2026 год" */
  origin: string;
  items: ScoringItemResponse[];
  /** Null of the first version, which everybody has. @example 2026-12-01T06:00:00.000Z */
  createdAt: Date | null;

  static of({ version, name, origin, items, createdAt }: ScoringModel): ScoringModelResponse {
    return { version, name, origin, items: items.map(ScoringItemResponse.of), createdAt };
  }
}

export class ScoringModelList {
  data: ScoringModelResponse[];
}
