/** An instant that is compared with the wall clock exactly once. */
export interface SendBefore {
  readonly deadline: Date;
  readonly now: () => Date;
}

/**
 * Samples the wall clock and the monotonic clock together; afterwards only the monotonic one counts, so neither a
 * clock that is set back nor a stopped process can stretch the time that is left.
 */
export function startDeadline(sendBefore: SendBefore | undefined): () => boolean {
  if (sendBefore === undefined) return () => false;
  const startedAt = performance.now();
  const left = sendBefore.deadline.getTime() - sendBefore.now().getTime();
  // `!(… < left)` and not `>=`: an invalid date gives NaN, which must read as "passed".
  return () => !(performance.now() - startedAt < left);
}
