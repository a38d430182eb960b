/** The database's clock against one that nobody sets: further apart than this between two looks, and somebody set it. */
const TOLERANCE_MS = 60_000;

/** Two clocks at one moment, in milliseconds. */
export interface Reading {
  readonly database: number;
  readonly monotonic: number;
}

/**
 * Compares readings one after the other, so that a clock that is slewed slowly is followed. `awayMs` is how far the
 * database's clock is away from where it was expected when the first jump was seen; 0 while it is trusted.
 */
export class ClockJumps {
  private last: Reading | undefined;
  private awayMs = 0;
  private jumpedAt = 0;

  /** @returns the size of a jump since the last reading, or 0. */
  look(reading: Reading): number {
    const { last } = this;
    this.last = reading;
    if (!last) return 0;
    const jump = reading.database - last.database - (reading.monotonic - last.monotonic);
    if (Math.abs(jump) <= TOLERANCE_MS) return 0;
    this.awayMs += jump;
    this.jumpedAt = reading.monotonic;
    return jump;
  }

  /** Nobody doubts the clock as it was read last: from here on it is away from there. A doubt takes a moment to be written. */
  accept({ monotonic }: Reading): void {
    if (monotonic - this.jumpedAt > TOLERANCE_MS) this.awayMs = 0;
  }

  /** After a jump: whether the clock has jumped back to where it was. */
  get returned(): boolean {
    return Math.abs(this.awayMs) <= TOLERANCE_MS;
  }
}
