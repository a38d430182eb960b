/** So many rows at a time: a round after a long downtime reads no more than this at once. */
const BATCH = 200;

/**
 * Does something to everything that is due, batch by batch; what is done must not be due any more. One that fails does not keep the
 * others: it is left for the next round, and its error is thrown at the end.
 */
export async function everyDue<K>(
  signal: AbortSignal,
  pick: (limit: number) => Promise<readonly K[]>,
  act: (key: K) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = [];
  let keys: readonly K[];
  do {
    keys = await pick(BATCH);
    for (const key of keys) {
      if (signal.aborted) return;
      await act(key).catch((error: unknown) => errors.push(error));
    }
    // What failed is still due: another batch would begin with it.
  } while (keys.length === BATCH && errors.length === 0);
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} of what was due failed`);
}
