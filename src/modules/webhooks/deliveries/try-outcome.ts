import type { OutboundAnswer } from '../../../platform/outbound/outbound.js';
import type { TryOutcome } from './delivery.js';

const LONGEST_EXCERPT = 500;

/** What came of a try, as it is kept. */
export interface TryResult {
  readonly outcome: TryOutcome;
  readonly status: number | null;
  readonly excerpt: string | null;
}

/** Only a complete answer 2xx counts: what may have arrived is sent again, with the same id. */
export function resultOf(answer: OutboundAnswer): TryResult {
  if (answer.kind !== 'answer') return { outcome: lostOutcome(answer), status: null, excerpt: null };
  const { status } = answer;
  return { outcome: outcomeOf(status), status, excerpt: excerptOf(answer.body) };
}

function lostOutcome(answer: Exclude<OutboundAnswer, { kind: 'answer' }>): TryOutcome {
  if (answer.why === 'address') return 'address';
  if (answer.why === 'timeout') return 'timeout';
  return answer.kind === 'notSent' ? 'unreachable' : 'broken';
}

function outcomeOf(status: number): TryOutcome {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  return status >= 300 && status < 400 ? 'redirected' : 'refused';
}

/** Without control characters: people read it, and PostgreSQL can't store NUL. */
function excerptOf(body: Uint8Array): string {
  return [...new TextDecoder().decode(body).replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')].slice(0, LONGEST_EXCERPT).join('');
}
