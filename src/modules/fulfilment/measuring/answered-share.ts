import type { Measure } from './line.js';
import { judgeShare } from './shares.js';
import { PER } from './wording.js';

/** How many of the questions of a period were answered. Without questions nothing is owed. */
export const answeredShare: Measure = {
  source: 'answers',
  planned: () => 1,
  says: ({ requirement: { percent, period } }) => `Доля отвеченных обращений — не меньше ${percent} % ${PER[period]}`,
  judge: (line, facts, now) => judgeShare(line, 'answers', facts.answers, now),
};
