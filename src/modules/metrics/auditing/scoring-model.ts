/** What a page can get points for. */
export const SCORED = ['governmentMark', 'component', 'avatar', 'description', 'cover', 'widgets', 'activity', 'reach'] as const;
export type Scored = (typeof SCORED)[number];

/** Points from a value on; with `above` the value itself does not suffice. Of the steps that are reached the greatest counts. */
export interface Step {
  readonly value: number;
  readonly above: boolean;
  readonly points: number;
}

export interface ScoringItem {
  readonly subject: Scored;
  readonly steps: readonly Step[];
}

/**
 * How pages are scored. A version never changes: a day's score stays explicable by the version that it names.
 * Values: 1 and 0 for yes and no; `widgets` are counted; `activity` are posts of the last seven days in the page's zone; `reach` is the
 * weekly reach in percent of the subscribers.
 */
export interface ScoringModel {
  readonly version: number;
  readonly name: string;
  /** Where it comes from: a model is somebody's practice, never the law. */
  readonly origin: string;
  readonly items: readonly ScoringItem[];
  readonly createdAt: Date | null;
}

const has = (subject: Scored, points: number): ScoringItem => ({ subject, steps: [{ value: 1, above: false, points }] });

/** Version 1 of every contractor. */
export const FIRST_MODEL: ScoringModel = {
  version: 1,
  name: '100 баллов',
  origin: 'Дашборд Амурской области (открытый код, июнь 2025 года)',
  items: [
    has('governmentMark', 10),
    has('component', 10),
    has('avatar', 5),
    has('description', 5),
    has('cover', 10),
    {
      subject: 'widgets',
      steps: [
        { value: 1, above: false, points: 5 },
        { value: 2, above: false, points: 10 },
      ],
    },
    { subject: 'activity', steps: [{ value: 3, above: false, points: 40 }] },
    {
      subject: 'reach',
      steps: [
        { value: 30, above: false, points: 5 },
        { value: 50, above: false, points: 7 },
        { value: 70, above: true, points: 10 },
      ],
    },
  ],
  createdAt: null,
};

export function mostOf({ steps }: ScoringItem): number {
  return Math.max(0, ...steps.map(({ points }) => points));
}
