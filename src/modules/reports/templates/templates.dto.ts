import { ArrayMinSize, ArrayUnique, IsArray, IsIn, Matches, ValidateIf } from 'class-validator';
import { IsText } from '../../../platform/http/text.decorators.js';
import { type Look, type Section, SECTIONS } from '../document/look.js';
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

  static draft({ sections, intro, closing, accent }: ReportTemplateRequest): LookDraft {
    return { sections, intro, closing, accent };
  }
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

  static of({ template: version, sections, intro, closing, accent }: Look): ReportTemplateResponse {
    return { version, sections: [...sections], intro, closing, accent };
  }
}
