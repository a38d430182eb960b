import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsDateString, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { IsOmittable } from '../../platform/http/omittable.decorator.js';
import { IsText } from '../../platform/http/text.decorators.js';
import type { QuietPeriodRequest as QuietPeriodInput } from './quiet-periods.service.js';
import { QUIET_KINDS, type QuietKind, type QuietPeriod } from './quiet-period.js';
import { REGION_CODES, type RegionCode, regionName } from '../tenancy/regions.js';
import { PublicationResponse } from './publishing.dto.js';
import type { ReviewRequest as ReviewInput } from './reviews.service.js';

const OFFSET = /(?:Z|[+-]\d{2}:\d{2})$/;
const LOCAL = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/;

export class QuietPeriodRequest {
  /** One client; absent or null means every client, of the region or of the contractor. @example 019b76da-a800-7000-8000-000000000002 */
  @IsOptional() @IsUUID() clientId?: string | null;
  /** Every client in this subject of the federation; not together with `clientId`. @example null */
  @IsOptional() @IsIn(REGION_CODES) regionCode?: RegionCode | null;
  /** @example mourning */
  @IsIn(QUIET_KINDS) kind: QuietKind;
  /** For the team. @example "День траура" */
  @IsText(2, 200) title: string;
  /** When it begins, UTC; absent means now. @example 2026-12-01T00:00:00Z */
  @IsOptional() @Matches(OFFSET, { message: '$property must name its offset' }) @IsDateString({ strict: true }) startsAt?:
    string | null;
  /** When it ends, UTC; absent or null means when somebody ends it. @example 2026-12-02T00:00:00Z */
  @IsOptional() @Matches(OFFSET, { message: '$property must name its offset' }) @IsDateString({ strict: true }) endsAt?:
    string | null;

  static request({ clientId, regionCode, kind, title, startsAt, endsAt }: QuietPeriodRequest): QuietPeriodInput {
    return {
      clientId: clientId ?? null,
      regionCode: regionCode ?? null,
      kind,
      title,
      startsAt: startsAt ? new Date(startsAt) : null,
      endsAt: endsAt ? new Date(endsAt) : null,
    };
  }
}

export class ChangeQuietPeriodRequest {
  /** @example "День траура" */
  @IsOmittable() @IsText(2, 200) title?: string;
  /** When it ends, UTC. What was held stays held until somebody releases it. @example 2026-12-02T00:00:00Z */
  @IsOmittable() @Matches(OFFSET, { message: '$property must name its offset' }) @IsDateString({ strict: true }) endsAt?: string;

  static changes({ title, endsAt }: ChangeQuietPeriodRequest): { title?: string; endsAt?: Date } {
    return { ...(title !== undefined && { title }), ...(endsAt && { endsAt: new Date(endsAt) }) };
  }
}

export class QuietPeriodResponse {
  /** @example 019b76da-a800-7000-8000-000000000011 */
  id: string;
  /** Null: every client, of the region or of the contractor. @example null */
  clientId: string | null;
  /** Null: not for one region. @example 41 */
  regionCode: RegionCode | null;
  /** @example Камчатский край */
  regionName: string | null;
  /** @example mourning */
  kind: QuietKind;
  /** @example "День траура" */
  title: string;
  /** @example 2026-12-01T00:00:00.000Z */
  startsAt: Date;
  /** @example 2026-12-02T00:00:00.000Z */
  endsAt: Date | null;
  /** @example 019b76da-a800-7000-8000-000000000004 */
  createdBy: string;
  /** @example 1 */
  version: number;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
  /** @example 2026-11-24T09:00:00.000Z */
  updatedAt: Date;

  static of(period: QuietPeriod): QuietPeriodResponse {
    const { id, clientId, regionCode, kind, title, startsAt, endsAt, createdBy, version, createdAt, updatedAt } = period;
    const region = { regionCode, regionName: regionCode && regionName(regionCode) };
    return { id, clientId, ...region, kind, title, startsAt, endsAt, createdBy, version, createdAt, updatedAt };
  }
}

export class QuietPeriodPage {
  data: QuietPeriodResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

export class ReviewRequest {
  /** Held publications. @example ["019b76da-a800-7000-8000-00000000000e"] */
  @IsUUID(undefined, { each: true }) @ArrayUnique() @ArrayMinSize(1) @ArrayMaxSize(500) publicationIds: string[];
  /** `release`: they go out, now or at `publishAtLocal`. `giveUp`: they are not wanted any more. @example release */
  @IsIn(['release', 'giveUp']) decision: 'release' | 'giveUp';
  /** A wall time of each one's client; absent or null means now. @example 2026-12-03T09:00 */
  @IsOptional()
  @Matches(LOCAL, { message: '$property must be a local time such as 2026-12-03T09:00' })
  @IsDateString({ strict: true })
  publishAtLocal?: string | null;

  static request({ publicationIds, decision, publishAtLocal }: ReviewRequest): ReviewInput {
    return { publicationIds, decision, publishAtLocal: publishAtLocal ?? null };
  }
}

export class ReviewResponse {
  publications: PublicationResponse[];
}
