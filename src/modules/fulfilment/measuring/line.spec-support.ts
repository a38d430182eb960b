import { NO_PARAMETERS, type Requirement, USUAL_COUNTING } from '../../contracts/requirement.js';
import { RUSSIAN_YEARS } from '../../contracts/russian-calendar.js';
import { WorkingDays } from '../../contracts/working-days.js';
import type { HandedFact, PostFact, ShareFact, TimedFact } from './facts.js';
import type { Line } from './line.js';

export const REQUIREMENT: Requirement = {
  ...NO_PARAMETERS,
  ...{ code: 'line', title: 'Строка', kind: 'posts', period: 'week', network: null, each: 'together', count: 3 },
};

/** A week of December 2026 on Kamchatka, twelve hours ahead of UTC, with a page on each network. */
export function line(requirement: Partial<Requirement> = {}, changes: Partial<Line> = {}): Line {
  return {
    ...{ requirement: { ...REQUIREMENT, ...requirement }, counting: USUAL_COUNTING, timeZone: 'Asia/Kamchatka', excuses: [] },
    period: { startsOn: '2026-12-14', endsOn: '2026-12-20', fullDays: 7 },
    pages: [
      { id: 'vk-1', network: 'vk' },
      { id: 'ok-1', network: 'ok' },
    ],
    workingDays: new WorkingDays(RUSSIAN_YEARS),
    ...changes,
  };
}

/** @param local wall time on Kamchatka */
export function at(local: string): Date {
  return new Date(`${local}+12:00`);
}

export function post(id: string, local: string, changes: Partial<PostFact> = {}): PostFact {
  return {
    ...{ id, kind: 'publication', postId: id, pageId: 'vk-1', network: 'vk', title: id, url: `https://vk.example/${id}` },
    ...{ at: at(local), standing: 'stands', origin: 'own', byPage: true, isDouble: false, formats: [] },
    ...changes,
  };
}

export function timed(id: string, since: string, doneAt: string | null): TimedFact {
  return { id, title: id, url: null, since: at(since), doneAt: doneAt === null ? null : at(doneAt) };
}

export function handed(id: string, local: string): HandedFact {
  return { id, title: id, url: null, at: at(local) };
}

export function share(id: string, part: number, whole: number): ShareFact {
  return { id, title: id, url: null, at: at('2026-12-15T12:00'), part, whole };
}

/** What of a result a table compares. */
export const AFTER = at('2026-12-21T00:00');
