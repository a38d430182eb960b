/** Where time comes from. Production reads the system, tests move it. */
export abstract class Clock {
  abstract now(): Date;

  /** Milliseconds since some instant: a clock that nobody sets, to tell whether another one was. */
  monotonicMs(): number {
    return performance.now();
  }
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
