import type { NetworkName } from '../../networks/network.js';

/**
 * `posts`, `formatPosts`: so many in each period · `urgentPost`, `eventPost`: each in time · `report`: by the nth working day after
 * the period · `contentPlan`: by a day of the month before · `firstReply`: each within hours that are worked · `answeredShare`,
 * `reachShare`: percent over the period · `designRefresh`: once in the period. How each is measured is said in fulfilment.
 */
export const REQUIREMENT_KINDS = [
  ...(['posts', 'formatPosts', 'urgentPost', 'eventPost', 'report'] as const),
  ...(['contentPlan', 'firstReply', 'answeredShare', 'reachShare', 'designRefresh'] as const),
];
export type RequirementKind = (typeof REQUIREMENT_KINDS)[number];

export const REQUIREMENT_PERIODS = ['week', 'month', 'quarter', 'term'] as const;
export type RequirementPeriod = (typeof REQUIREMENT_PERIODS)[number];
/** Of what the number is meant: of all pages together, of each network, of each page. */
export const REQUIREMENT_EACH = ['together', 'network', 'page'] as const;
export type RequirementEach = (typeof REQUIREMENT_EACH)[number];
export const POST_FORMATS = ['photo', 'video', 'document', 'poll', 'link'] as const;
export type PostFormat = (typeof POST_FORMATS)[number];

/** What a kind may need to know; null where it does not. */
export interface RequirementParameters {
  /** At least so many. */
  readonly count: number | null;
  readonly format: PostFormat | null;
  readonly percent: number | null;
  readonly withinMinutes: number | null;
  readonly withinDays: number | null;
  /** Of the hours between `worksFrom` and `worksUntil`, on every day of the week. */
  readonly withinHours: number | null;
  readonly worksFrom: string | null;
  readonly worksUntil: string | null;
  readonly workingDay: number | null;
  readonly dayOfMonth: number | null;
}

export const NO_PARAMETERS: RequirementParameters = {
  ...{ count: null, format: null, percent: null, withinMinutes: null, withinDays: null },
  ...{ withinHours: null, worksFrom: null, worksUntil: null, workingDay: null, dayOfMonth: null },
};

/** A measurable line of the technical specification. */
export interface Requirement extends RequirementParameters {
  /** Names the line in all versions of the contract: `posts-vk`. */
  readonly code: string;
  /** As the specification says it. */
  readonly title: string;
  readonly kind: RequirementKind;
  readonly period: RequirementPeriod;
  /** Null: on all networks. */
  readonly network: NetworkName | null;
  readonly each: RequirementEach;
}

/** What counts, for all lines of a contract. */
export interface CountingRules {
  /** Whether the same post on several pages is one or each one, where pages are counted together. */
  readonly crossPosts: 'one' | 'each';
  /** Whether a post counts that was published and does not stand any more. */
  readonly deletedPosts: 'never' | 'asPublished';
  /** Whether posts count that people of the contractor published past the system. */
  readonly postsByHand: boolean;
  /** Of a week or month that begins or ends inside the contract: its share by days, all, or nothing. */
  readonly partialPeriods: 'byDays' | 'whole' | 'none';
}

export const USUAL_COUNTING: CountingRules = {
  ...{ crossPosts: 'one', deletedPosts: 'never', postsByHand: true, partialPeriods: 'byDays' },
};

type Parameter = keyof RequirementParameters;

interface KindRule {
  readonly needs: readonly Parameter[];
  readonly periods: readonly RequirementPeriod[];
  /** Whether it can be meant of each network or page. */
  readonly spreads: boolean;
}

const ANY = REQUIREMENT_PERIODS;
const RULES: Readonly<Record<RequirementKind, KindRule>> = {
  posts: { needs: ['count'], periods: ANY, spreads: true },
  formatPosts: { needs: ['count', 'format'], periods: ANY, spreads: true },
  urgentPost: { needs: ['withinMinutes'], periods: ANY, spreads: false },
  eventPost: { needs: ['withinDays'], periods: ANY, spreads: false },
  report: { needs: ['workingDay'], periods: ['month', 'quarter'], spreads: false },
  contentPlan: { needs: ['dayOfMonth'], periods: ['month'], spreads: false },
  firstReply: { needs: ['withinHours', 'worksFrom', 'worksUntil'], periods: ANY, spreads: false },
  answeredShare: { needs: ['percent'], periods: ANY, spreads: false },
  reachShare: { needs: ['percent'], periods: ANY, spreads: false },
  designRefresh: { needs: [], periods: ['month', 'quarter', 'term'], spreads: false },
};

export interface RequirementProblem {
  /** From `clauses` down. */
  readonly field: string;
  readonly reason: string;
}

/** What contradicts itself in the lines of a contract. */
export function requirementProblems(requirements: readonly Requirement[]): RequirementProblem[] {
  const codes = requirements.map(({ code }) => code);
  return requirements.flatMap((requirement, i) => {
    const at = (field: string) => `requirements.${i}.${field}`;
    const twice = codes.indexOf(requirement.code) < i;
    return [
      ...(twice ? [{ field: at('code'), reason: 'Each requirement has a code of its own' }] : []),
      ...ownProblems(requirement).map(({ field, reason }) => ({ field: at(field), reason })),
    ];
  });
}

function ownProblems(requirement: Requirement): RequirementProblem[] {
  const { kind, period, each, worksFrom, worksUntil } = requirement;
  const { needs, periods, spreads } = RULES[kind];
  const names = Object.keys(NO_PARAMETERS) as Parameter[];
  const problems = names.flatMap<RequirementProblem>((field) => {
    const given = requirement[field] !== null;
    if (given === needs.includes(field)) return [];
    return [{ field, reason: given ? `A requirement ${kind} has no ${field}` : `A requirement ${kind} needs ${field}` }];
  });
  if (!periods.includes(period))
    problems.push({ field: 'period', reason: `A requirement ${kind} is meant by ${periods.join(', ')}` });
  if (!spreads && each !== 'together')
    problems.push({ field: 'each', reason: `A requirement ${kind} is meant of all pages together` });
  if (worksFrom !== null && worksUntil !== null && worksFrom >= worksUntil)
    problems.push({ field: 'worksUntil', reason: 'worksUntil must be later than worksFrom' });
  return problems;
}
