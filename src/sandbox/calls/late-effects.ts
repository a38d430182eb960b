import type { Clock } from '../../platform/clock/clock.js';

interface LateEffect {
  /** Null: waits until it is told. */
  dueAt: Date | null;
  happen(at: Date): void;
}

/**
 * Effects that come after their call was answered. Nothing runs on a timer: what is due happens before the next look at
 * the world, stamped with the instant at which it was due, so a moved clock is enough to reach it.
 */
export class LateEffects {
  private waiting: LateEffect[] = [];

  constructor(private readonly clock: Clock) {}

  plan(afterMs: number | null, happen: (at: Date) => void): void {
    const dueAt = afterMs === null ? null : new Date(this.clock.now().getTime() + afterMs);
    this.waiting.push({ dueAt, happen });
  }

  settle(): void {
    const now = this.clock.now();
    const isDue = (effect: LateEffect): boolean => effect.dueAt !== null && effect.dueAt <= now;
    const due = this.waiting.filter(isDue);
    this.waiting = this.waiting.filter((effect) => !isDue(effect));
    for (const effect of due) effect.happen(effect.dueAt ?? now);
  }

  releaseAll(): number {
    const released = this.waiting;
    this.waiting = [];
    for (const effect of released) effect.happen(this.clock.now());
    return released.length;
  }
}
