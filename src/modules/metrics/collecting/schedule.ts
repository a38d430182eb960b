const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How often a post is looked at, by its age: what happens to it happens early. */
const BY_AGE = [
  { youngerThan: DAY_MS, every: HOUR_MS },
  { youngerThan: 3 * DAY_MS, every: 6 * HOUR_MS },
  { youngerThan: 30 * DAY_MS, every: DAY_MS },
  { youngerThan: 90 * DAY_MS, every: 7 * DAY_MS },
] as const;

/** Older posts are looked at no more. */
export const COLLECTED_FOR_MS = 90 * DAY_MS;

/** A post whose time is near goes with a round that comes anyway: posts share calls. */
const NEAR = 1 / 6;

export interface Looked {
  readonly publishedAt: Date;
  /** Null: never yet. */
  readonly lastTakenAt: Date | null;
}

/**
 * When the next snapshot of a post is due; null when there is none any more. It follows from the last look alone, so after a downtime
 * one snapshot is due, and those that were missed stay missing.
 */
export function nextSnapshotAt({ publishedAt, lastTakenAt }: Looked): Date | null {
  if (lastTakenAt === null) return publishedAt;
  const every = intervalAt(lastTakenAt.getTime() - publishedAt.getTime());
  return every === undefined ? null : new Date(lastTakenAt.getTime() + every);
}

/** Whether a round at this instant takes the post along. */
export function isDue(post: Looked, now: Date): boolean {
  const age = now.getTime() - post.publishedAt.getTime();
  if (post.lastTakenAt === null) return age < COLLECTED_FOR_MS;
  const next = nextSnapshotAt(post);
  const every = intervalAt(post.lastTakenAt.getTime() - post.publishedAt.getTime()) ?? 0;
  return next !== null && next.getTime() - every * NEAR <= now.getTime();
}

function intervalAt(age: number): number | undefined {
  return BY_AGE.find(({ youngerThan }) => age < youngerThan)?.every;
}
