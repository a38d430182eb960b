import { IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { NETWORK_NAMES, type NetworkName } from '../../networks/network.js';
import { IsOmittable } from '../../platform/http/omittable.decorator.js';
import { IsText } from '../../platform/http/text.decorators.js';
import {
  type CountingRules,
  NO_PARAMETERS,
  POST_FORMATS,
  type PostFormat,
  type Requirement,
  REQUIREMENT_EACH,
  REQUIREMENT_KINDS,
  REQUIREMENT_PERIODS,
  type RequirementEach,
  type RequirementKind,
  type RequirementPeriod,
} from './requirement.js';

const CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

export class RequirementRequest {
  /** Names the line in every version of the contract: lower-case letters, digits, hyphens. @example posts-vk */
  @IsText(1, 60) @Matches(CODE, { message: '$property must be lower-case letters and digits, joined by hyphens' }) code: string;
  /** As the specification says it. @example "Не менее 3 публикаций в неделю ВКонтакте" */
  @IsText(3, 500) title: string;
  /** @example posts */
  @IsIn(REQUIREMENT_KINDS) kind: RequirementKind;
  /** `term`: once for all the days for which the line holds. @example week */
  @IsIn(REQUIREMENT_PERIODS) period: RequirementPeriod;
  /** Null: on all networks. @example vk */
  @IsOptional() @IsIn(NETWORK_NAMES) network?: NetworkName | null;
  /** Of what the number is meant. `together` if absent. @example page */
  @IsOmittable() @IsIn(REQUIREMENT_EACH) each?: RequirementEach;
  /** `posts`, `formatPosts`: at least so many in each period. @example 3 */
  @IsOptional() @IsInt() @Min(1) @Max(10_000) count?: number | null;
  /** `formatPosts`: what a post must have. @example null */
  @IsOptional() @IsIn(POST_FORMATS) format?: PostFormat | null;
  /** `answeredShare`, `reachShare`. @example null */
  @IsOptional() @IsInt() @Min(1) @Max(1_000) percent?: number | null;
  /** `urgentPost`. @example null */
  @IsOptional() @IsInt() @Min(1) @Max(10_080) withinMinutes?: number | null;
  /** `eventPost`: on the day itself with 0, the next day with 1. @example null */
  @IsOptional() @IsInt() @Min(0) @Max(90) withinDays?: number | null;
  /** `firstReply`: of the hours between `worksFrom` and `worksUntil`. @example null */
  @IsOptional() @IsInt() @Min(1) @Max(240) withinHours?: number | null;
  /** @example null */
  @IsOptional() @Matches(TIME, { message: '$property must be a time such as 09:00' }) worksFrom?: string | null;
  /** @example null */
  @IsOptional() @Matches(TIME, { message: '$property must be a time such as 21:00' }) worksUntil?: string | null;
  /** `report`: by this working day after the period. @example null */
  @IsOptional() @IsInt() @Min(1) @Max(60) workingDay?: number | null;
  /** `contentPlan`: by this day of the month before. @example null */
  @IsOptional() @IsInt() @Min(1) @Max(28) dayOfMonth?: number | null;

  static requirement({ code, title, kind, period, network, each, ...parameters }: RequirementRequest): Requirement {
    const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
    return { ...NO_PARAMETERS, ...given, code, title, kind, period, network: network ?? null, each: each ?? 'together' };
  }
}

export class CountingRulesRequest {
  /** The same post on several pages, where pages are counted together. @example one */
  @IsOmittable() @IsIn(['one', 'each']) crossPosts?: 'one' | 'each';
  /** A post that does not stand any more. @example never */
  @IsOmittable() @IsIn(['never', 'asPublished']) deletedPosts?: 'never' | 'asPublished';
  /** Posts that the contractor's people published past the system. @example true */
  @IsOmittable() @IsBoolean() postsByHand?: boolean;
  /** Of a week or month that lies inside the contract with some of its days only. @example byDays */
  @IsOmittable() @IsIn(['byDays', 'whole', 'none']) partialPeriods?: 'byDays' | 'whole' | 'none';

  static rules(request: CountingRulesRequest, before: CountingRules): CountingRules {
    const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
    return { ...before, ...given };
  }
}

export class RequirementResponse {
  /** @example posts-vk */
  code: string;
  /** @example "Не менее 3 публикаций в неделю ВКонтакте" */
  title: string;
  /** @example posts */
  kind: RequirementKind;
  /** @example week */
  period: RequirementPeriod;
  /** @example vk */
  network: NetworkName | null;
  /** @example page */
  each: RequirementEach;
  /** @example 3 */
  count: number | null;
  /** @example null */
  format: PostFormat | null;
  /** @example null */
  percent: number | null;
  /** @example null */
  withinMinutes: number | null;
  /** @example null */
  withinDays: number | null;
  /** @example null */
  withinHours: number | null;
  /** @example null */
  worksFrom: string | null;
  /** @example null */
  worksUntil: string | null;
  /** @example null */
  workingDay: number | null;
  /** @example null */
  dayOfMonth: number | null;
}

export class CountingRulesResponse {
  /** @example one */
  crossPosts: 'one' | 'each';
  /** @example never */
  deletedPosts: 'never' | 'asPublished';
  /** @example true */
  postsByHand: boolean;
  /** @example byDays */
  partialPeriods: 'byDays' | 'whole' | 'none';
}
