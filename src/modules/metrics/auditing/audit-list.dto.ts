import { IsIn, IsUUID } from 'class-validator';
import { NETWORK_NAMES, type NetworkName } from '../../../networks/network.js';
import { IsOmittable } from '../../../platform/http/omittable.decorator.js';
import { PageQuery } from '../../../platform/http/pagination.js';
import { IsDay } from '../../../platform/http/text.decorators.js';
import { AUDIT_ORDERS, type AuditedPage, type AuditOrder, type AuditsWanted } from './audit-list.js';
import { FindingResponse } from './audits.dto.js';
import { SCORED, type Scored } from './scoring-model.js';

export class AuditsQuery extends PageQuery {
  /** Pages of one client. @example 019b76da-a800-7000-8000-000000000002 */
  @IsOmittable() @IsUUID() clientId?: string;
  /** As they stood on that day of each page's zone; absent: the newest. @example 2026-12-01 */
  @IsOmittable() @IsDay() day?: string;
  /** Those alone that don't get all points for this. @example widgets */
  @IsOmittable() @IsIn(SCORED) lacks?: Scored;
  /** `worst`, when absent: who loses most points comes first. @example worst */
  @IsOmittable() @IsIn(AUDIT_ORDERS) sort?: AuditOrder;

  static wanted({ clientId, day, lacks, sort = 'worst' }: AuditsQuery): AuditsWanted {
    return { clientId, day, lacks, sort };
  }
}

export class AuditedPageResponse {
  /** @example 019b76da-a800-7000-8000-000000000009 */
  pageId: string;
  /** @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string;
  /** @example vk */
  @IsIn(NETWORK_NAMES) network: NetworkName;
  /** As the network shows it. @example "Администрация Елизовского района" */
  name: string;
  /** @example https://vk.com/elizovo */
  url: string;
  /** Of the audit, in the page's zone. @example 2026-12-01 */
  day: string;
  /** @example 2026-12-01T06:00:00.000Z */
  auditedAt: Date;
  /** @example 85 */
  score: number;
  /** Points that the model gives in all. @example 100 */
  most: number;
  /** Points that the page does not get. @example 15 */
  lost: number;
  /** The version of the scoring model. @example 1 */
  modelVersion: number;
  /** What does not get all of its points, and how to get them; what nobody knows is in it. */
  missing: FindingResponse[];
  /** Duties of the law that are not met. @example 0 */
  dutiesMissing: number;

  static of(page: AuditedPage & { network: NetworkName }): AuditedPageResponse {
    const { pageId, clientId, network, name, url, day, auditedAt, score, most, lost, modelVersion } = page;
    return {
      ...{ pageId, clientId, network, name, url, day, auditedAt, score, most, lost, modelVersion },
      missing: page.findings.filter(({ state }) => state !== 'full').map(FindingResponse.of),
      dutiesMissing: page.duties.filter(({ state }) => state === 'missing').length,
    };
  }
}

export class AuditedPageList {
  data: AuditedPageResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
