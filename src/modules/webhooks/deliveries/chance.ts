import { randomInt } from 'node:crypto';

const STEPS = 1_000_000;

/** Where jitter comes from; tests replace it. */
export class Chance {
  /** 0 to 1. */
  next(): number {
    return randomInt(STEPS) / STEPS;
  }
}
