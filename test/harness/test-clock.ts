import pg from 'pg';
import { Clock } from '../../src/platform/clock/clock.js';

interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

/** A clock that runs on, and that tests move: the process's and the database's together. */
export class TestClock extends Clock {
  private shiftMs = 0;
  private databaseShiftMs = 0;

  constructor(private readonly ownerUrl: string) {
    super();
  }

  now(): Date {
    return new Date(Date.now() + this.shiftMs);
  }

  /** Moves time forward (or back, with negative parts). */
  async advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Duration): Promise<void> {
    this.shiftMs += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
    await this.moveDatabase();
  }

  /** Time passes, so the clock that nobody sets goes along. */
  override monotonicMs(): number {
    return performance.now() + this.shiftMs;
  }

  /** Sets the database's clock wrong, and no other. */
  async jumpDatabase({ hours = 0, minutes = 0, seconds = 0 }: Duration): Promise<void> {
    this.databaseShiftMs += ((hours * 60 + minutes) * 60 + seconds) * 1_000;
    await this.moveDatabase();
  }

  /** Moves time so that it is this instant now. */
  async set(instant: Date): Promise<void> {
    this.shiftMs = instant.getTime() - Date.now();
    await this.moveDatabase();
  }

  /** The body of `app_now()` is replaced as its owner: the runtime roles can't, and production never does. */
  private async moveDatabase(): Promise<void> {
    const owner = new pg.Client({ connectionString: this.ownerUrl });
    await owner.connect();
    try {
      const shift = `${Math.round(this.shiftMs + this.databaseShiftMs)} milliseconds`;
      await owner.query(
        `create or replace function app_now() returns timestamptz language sql volatile as $$ select clock_timestamp() + interval '${shift}' $$`,
      );
    } finally {
      await owner.end();
    }
  }
}
