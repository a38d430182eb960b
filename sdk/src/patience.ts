export interface Patience {
  /** Tries in all. */
  readonly tries: number;
  /** The longest wait that the API may ask for, in milliseconds; a longer one is left to the caller. */
  readonly longestWaitMs: number;
  /** Between tries when the API named no time; doubled each time. */
  readonly firstWaitMs: number;
}

const STANDARD: Patience = { tries: 5, longestWaitMs: 60_000, firstWaitMs: 500 };

/** Answers that are about the moment, not about the request. */
const PASSING: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** A `fetch` that tries again. Whoever aborts the request's signal ends the waiting too. */
export function patientFetch(over: typeof fetch, patience: Partial<Patience> = {}): (request: Request) => Promise<Response> {
  const { tries, longestWaitMs, firstWaitMs } = { ...STANDARD, ...patience };
  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const standard = firstWaitMs * 2 ** (attempt - 1);
      const last = attempt >= tries;
      const answer = await over(request.clone()).catch((error: unknown) => {
        if (last || request.signal.aborted) throw error;
        return undefined;
      });
      if (answer && (last || !PASSING.has(answer.status))) return answer;
      const wait = (answer && askedFor(answer)) ?? standard;
      if (answer && wait > longestWaitMs) return answer;
      await answer?.body?.cancel();
      await pause(Math.min(wait, longestWaitMs), request.signal);
    }
  };
}

function askedFor(answer: Response): number | undefined {
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
