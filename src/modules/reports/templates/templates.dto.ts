import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsUUID, Matches, ValidateIf } from 'class-validator';
import { IsText } from '../../../platform/http/text.decorators.js';
import { type Section, SECTIONS } from '../document/look.js';
import type { Template } from '../template.store.js';
import type { LookDraft } from './templates.service.js';

export class ReportTemplateRequest {
  /** The parts that reports have, in their order. @example ["summary", "planFact", "posts", "numbers", "incidents", "evidence"] */
  @IsArray() @ArrayMinSize(1) @ArrayUnique() @IsIn(SECTIONS, { each: true }) sections: Section[];
  /** Words before the first part. @example "Отчёт составлен на основании раздела 4 технического задания." */
  @ValidateIf((_, value) => value !== null)
  @IsText(1, 2000, { multiline: true })
  intro: string | null;
  /** Words after the last part. @example "Приложение: скриншоты публикаций на 5 листах." */
  @ValidateIf((_, value) => value !== null)
  @IsText(1, 2000, { multiline: true })
  closing: string | null;
  /** Of headings and charts; white must be readable on it. @example "#1f5a8c" */
  @Matches(/^#[0-9a-f]{6}$/, { message: '$property must be a colour such as #1f5a8c' }) accent: string;
  /**
   * A picture of the client (PNG or JPEG, at most 512 KiB, sides of 64 to 4000 pixels) that stands on top of reports; none, if absent or
   * null. @example 019b76da-a800-7000-8000-000000000021
   */
  @ValidateIf((_, value) => value !== null && value !== undefined) @IsUUID() logoMediaId?: string | null;

  static draft({ sections, intro, closing, accent, logoMediaId = null }: ReportTemplateRequest): LookDraft {
    return { sections, intro, closing, accent, logoMediaId };
  }
}

export class ReportLogoResponse {
  /** Of the bytes that reports show. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  sha256: string;
  /** @example image/png */
  type: string;
  /** In pixels. @example 600 */
  width: number;
  /** @example 200 */
  height: number;
}

export class ReportTemplateResponse {
  /** 0: the client has no template, this is the usual look. @example 1 */
  version: number;
  /** @example ["summary", "planFact", "posts", "numbers", "incidents", "evidence"] */
  sections: Section[];
  /** @example "Отчёт составлен на основании раздела 4 технического задания." */
  intro: string | null;
  /** @example null */
  closing: string | null;
  /** @example "#1f5a8c" */
  accent: string;
  /** The picture that the logo was taken from. @example 019b76da-a800-7000-8000-000000000021 */
  logoMediaId: string | null;
  /** Null: there is none. */
  logo: ReportLogoResponse | null;

  static of({ look, logoMediaId }: Template): ReportTemplateResponse {
    const { template: version, sections, intro, closing, accent, logo = null } = look;
    return { version, sections: [...sections], intro, closing, accent, logoMediaId, logo: logo && { ...logo } };
  }
}
