import { pause } from '../clock/pause.js';

export interface Rounds {
  /** Rest between two rounds; longer when the round itself took longer, so that at most half of the time is work. */
  readonly restMs: number;
  /** After so long the run ends, whatever is left. */
  readonly mostMs: number;
}

/** Repeats a part of a timer's run for as long as it says that there is more to do. @returns whether there still was at the end. */
export async function inRounds(
  { restMs, mostMs }: Rounds,
  signal: AbortSignal,
  round: (number: number) => Promise<boolean>,
): Promise<boolean> {
  const end = performance.now() + mostMs;
  for (let number = 0; !signal.aborted; number += 1) {
    const began = performance.now();
    const more = await round(number);
    const took = performance.now() - began;
    if (!more || performance.now() > end) return more;
    await pause(Math.max(restMs, took), signal);
  }
  return true;
}
