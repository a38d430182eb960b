/**
 * PostgreSQL's and sockets' codes that mean "not now", as opposed to a mistake of ours: shutting down or starting, cancelled or
 * ended by a time limit, too many connections, waiting for a lock, a full disk, and a server that became read-only by a failover.
 */
const CODES = new Set([
  ...['57P01', '57P02', '57P03', '57014', '25P03', '25P04', '53300', '55P03', '53100', '25006'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
]);

/** The driver's own complaints, which have no code; the last is a server in recovery, whose code says "not supported". */
const WORDS =
  /timeout exceeded when trying to connect|Connection terminated|connection error and is not queryable|during recovery$/;

/** Whether the database could not take the work now and may take it in a few seconds. */
export function isUnavailable(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return (typeof code === 'string' && CODES.has(code)) || (typeof message === 'string' && WORDS.test(message));
}
