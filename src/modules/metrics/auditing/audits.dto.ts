import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsDay, IsText } from '../../../platform/http/text.decorators.js';
import type { Duty, DutyCode } from './duties.js';
import { CHECKED, type Checked, type PageAudit, type PageCheck } from './page-audit.js';
import type { Finding } from './score.js';
import type { Scored } from './scoring-model.js';

export class AuditDayQuery {
  /** A day of the page's zone; today when absent. @example 2026-12-01 */
  @IsOptional() @IsDay() day?: string;
}

export class PageCheckRequest {
  /** @example widgets */
  @IsIn(CHECKED) subject: Checked;
  /** 1 and 0 for yes and no; widgets are counted. @example 2 */
  @IsInt() @Min(0) @Max(100) value: number;
  /** @example "Форма обращений и опрос стоят в меню" */
  @IsOptional() @IsText(3, 500) note?: string | null;
}

export class PageCheckResponse {
  /** @example 019b76da-a800-7000-8000-000000000041 */
  id: string;
  /** @example widgets */
  subject: Checked;
  /** @example 2 */
  value: number;
  /** @example null */
  note: string | null;
  /** @example 019b76da-a800-7000-8000-000000000004 */
  checkedBy: string;
  /** @example 2026-12-01T06:00:00.000Z */
  checkedAt: Date;

  static of({ id, subject, value, note, checkedBy, checkedAt }: PageCheck): PageCheckResponse {
    return { id, subject, value, note, checkedBy, checkedAt };
  }
}

export class PageCheckPage {
  data: PageCheckResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

export class FindingResponse {
  /** @example widgets */
  subject: Scored;
  /** What was seen; null: nobody tells. @example 1 */
  value: number | null;
  /** @example 5 */
  points: number;
  /** @example 10 */
  most: number;
  /** @example partly */
  state: 'full' | 'partly' | 'none' | 'unknown';
  /** How to get the missing points. @example "Разместите виджеты Госуслуг: сейчас 1, нужно 2 (до 10 баллов)." */
  advice: string | null;

  static of({ subject, value, points, most, state, advice }: Finding): FindingResponse {
    return { subject, value, points, most, state, advice };
  }
}

export class PageDutyResponse {
  /** @example phone */
  duty: DutyCode;
  /** @example met */
  state: 'met' | 'missing' | 'unknown';
  /** @example "+7 415 310-00-00" */
  value: string | null;
  /** What to do; null when it is met. @example null */
  advice: string | null;
  /** Where the duty comes from. @example "Постановление Правительства РФ от 31.12.2022 № 2560" */
  basis: string;

  static of({ duty, state, value, advice, basis }: Duty): PageDutyResponse {
    return { duty, state, value, advice, basis };
  }
}

export class PageAuditResponse {
  /** In the page's zone. @example 2026-12-01 */
  day: string;
  /** @example 2026-12-01T06:00:00.000Z */
  auditedAt: Date;
  /** @example 85 */
  score: number;
  /** Points that the model gives in all. @example 100 */
  most: number;
  /** The version of the scoring model. @example 1 */
  modelVersion: number;
  /** As the network shows it. @example "Администрация Елизовского района" */
  name: string;
  /** @example https://vk.com/elizovo */
  url: string;
  /** @example "Официальная страница администрации" */
  description: string | null;
  findings: FindingResponse[];
  /** What an official page owes by law, whatever its score. */
  duties: PageDutyResponse[];

  static of({ day, auditedAt, score, most, modelVersion, profile, findings, duties }: PageAudit): PageAuditResponse {
    const { name, url, description = null } = profile;
    return {
      ...{ day, auditedAt, score, most, modelVersion, name, url, description },
      ...{ findings: findings.map(FindingResponse.of), duties: duties.map(PageDutyResponse.of) },
    };
  }
}
