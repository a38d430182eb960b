import type { Measure } from './line.js';
import { judgeShare } from './shares.js';
import { PER } from './wording.js';

/** How many people a period reached, of those who follow the pages. */
export const reachShare: Measure = {
  source: 'reach',
  planned: () => 1,
  says: ({ requirement: { percent, period } }) => `Охват — не меньше ${percent} % подписчиков ${PER[period]}`,
  judge: (line, facts, now) => judgeShare(line, 'reach', facts.reach, now),
};
