import { describe, expect, it } from '@jest/globals';
import { NO_PARAMETERS, type Requirement, REQUIREMENT_KINDS, requirementProblems } from './requirement.js';

const line = (changes: Partial<Requirement>): Requirement => ({
  ...NO_PARAMETERS,
  ...{
    code: 'posts-vk',
    title: 'Публикации ВКонтакте',
    kind: 'posts',
    period: 'week',
    network: 'vk',
    each: 'together',
    count: 3,
  },
  ...changes,
});

const GOOD: Readonly<Record<(typeof REQUIREMENT_KINDS)[number], Partial<Requirement>>> = {
  posts: { count: 3, each: 'page' },
  formatPosts: { count: 4, format: 'video', period: 'month', each: 'network' },
  urgentPost: { withinMinutes: 60 },
  eventPost: { withinDays: 1 },
  report: { workingDay: 5, period: 'month' },
  contentPlan: { dayOfMonth: 25, period: 'month' },
  firstReply: { withinHours: 8, worksFrom: '09:00', worksUntil: '21:00' },
  answeredShare: { percent: 95, period: 'month' },
  reachShare: { percent: 30, period: 'month' },
  designRefresh: { period: 'quarter' },
};

describe('lines of a technical specification', () => {
  it.each(REQUIREMENT_KINDS)('can be of the kind %s', (kind) => {
    expect(requirementProblems([line({ count: null, kind, ...GOOD[kind] })])).toEqual([]);
  });

  it.each<[string, Partial<Requirement>, string]>([
    ['lacks its number', { count: null }, 'count'],
    ['has a parameter of another kind', { percent: 95 }, 'percent'],
    ['is a report by the week', { kind: 'report', count: null, workingDay: 5 }, 'period'],
    ['is a share of each page', { kind: 'answeredShare', count: null, percent: 95, each: 'page' }, 'each'],
    ['works until before it begins', { kind: 'firstReply', count: null, ...GOOD.firstReply, worksUntil: '08:00' }, 'worksUntil'],
  ])('is refused when it %s, and the field is named', (_, changes, field) => {
    expect(requirementProblems([line(changes)]).map((one) => one.field)).toEqual([`requirements.0.${field}`]);
  });

  it('have codes of their own', () => {
    expect(requirementProblems([line({}), line({ code: 'posts-ok' }), line({})])).toEqual([
      { field: 'requirements.2.code', reason: 'Each requirement has a code of its own' },
    ]);
  });
});
