export class DeadlinePassed extends Error {
  constructor(what: string, ms: number) {
    super(`${what} took longer than ${ms} ms`);
  }
}

/** So many short waits instead of a long one: a process that stood still for a while loses one of them, not all of its time. */
const WAITS = 6;

/**
 * Stops waiting after `ms` in which this process ran: what it slept through itself (a stopped or starved process) is not
 * taken for the other side's silence. The work itself may still finish later, so it must be harmless when repeated.
 * @throws DeadlinePassed
 */
export async function withDeadline<T>(what: string, ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const wait = (left: number): void => {
      timer = setTimeout(() => (left > 1 ? wait(left - 1) : reject(new DeadlinePassed(what, ms))), ms / WAITS);
    };
    wait(WAITS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // Nobody looks at the loser of the race any more.
    work.catch(() => undefined);
  }
}
